/** As much of the library as is used here. */
declare module 'qrcode' {
  interface Code {
    /** One byte a module, row after row; 1 is dark. */
    readonly modules: { readonly size: number; readonly data: Uint8Array };
  }
  export function create(text: string, options: { readonly errorCorrectionLevel: 'L' | 'M' | 'Q' | 'H' }): Code;
}
