/** A page that the kit's own program on the screen is not there for: it cannot begin, or is no kit yet. */
export interface PlainPage {
  /** Path of the script, where something on it can be pressed. */
  readonly script?: string;
  readonly className: string;
  /** Which of several pages this is, so that the screen sees when it is another. */
  readonly step?: string;
  /** HTML; what comes from outside is `escaped`. */
  readonly main: string;
}

export const STYLE = 'page/panel.css';

export function plainPage({ script, className, step, main }: PlainPage): string {
  return `<!doctype html>
<html lang="id">
  <head>
    <meta charset="utf-8" />
    <title>TPS Kit</title>
    <link rel="stylesheet" href="/${STYLE}" />${script === undefined ? '' : `\n    <script type="module" src="/${script}"></script>`}
  </head>
  <body class="${className}"${step === undefined ? '' : ` data-step="${step}"`}>
    ${main}
  </body>
</html>
`;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
