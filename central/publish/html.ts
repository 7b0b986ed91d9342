/** Markup that is safe to put into a page. */
export interface Html {
  readonly html: string;
}

type Value = Html | string | number | readonly Html[];

/** A template whose values are text, whatever they hold; what is markup already stays so. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: parts.reduce((text, part, n) => `${text}${markupOf(values[n - 1] ?? '')}${part}`) };
}

function markupOf(value: Value): string {
  if (typeof value === 'string') return value.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  if (typeof value === 'number') return String(value);
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}
