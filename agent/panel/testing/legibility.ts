import type { Page } from 'playwright-core';

/** What on the screen a tired person could not read or touch. Empty is what we want. */
export function illegible(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const isShown = (element: Element) => element.checkVisibility() && element.getBoundingClientRect().width > 0;
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.className} "${element.textContent?.trim().slice(0, 30)}"`;

    for (const element of document.body.querySelectorAll('*')) {
      if (!isShown(element)) continue;
      const style = getComputedStyle(element);
      const ownText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      );
      if (ownText) {
        if (Number.parseFloat(style.fontSize) < 18) faults.push(`small text ${style.fontSize}: ${name(element)}`);
        const ratio = contrast(colour(style.color), ground(element));
        if (ratio < 7) faults.push(`contrast ${ratio.toFixed(1)}: ${name(element)}`);
        if (element.scrollWidth > element.clientWidth + 1 && style.overflowX !== 'visible') {
          faults.push(`text cut off: ${name(element)}`);
        }
      }
      const box = element.getBoundingClientRect();
      if (element.tagName === 'BUTTON' && (box.height < 47.5 || box.width < 47.5)) {
        faults.push(`target ${Math.round(box.width)} × ${Math.round(box.height)}: ${name(element)}`);
      }
      const scrolls = element.closest('.sheet, .figures, .checks') !== null;
      const out =
        box.left < -1 || box.right > innerWidth + 1 || (!scrolls && (box.top < -1 || box.bottom > innerHeight + 1));
      if (out) faults.push(`outside the screen: ${name(element)}`);
      const parent = element.parentElement?.getBoundingClientRect();
      if (parent && !scrolls && (box.bottom > parent.bottom + 1 || box.right > parent.right + 1)) {
        faults.push(`outside its place: ${name(element)}`);
      }
    }
    return [...new Set(faults)];

    function colour(text: string): readonly number[] {
      return text.match(/[\d.]+/g)?.map(Number) ?? [];
    }
    /** The first opaque ground behind an element; of a striped one its first stripe. */
    function ground(element: Element): readonly number[] {
      for (let behind: Element | null = element; behind; behind = behind.parentElement) {
        const { backgroundColor, backgroundImage } = getComputedStyle(behind);
        const stripe = /rgb\([^)]*\)/.exec(backgroundImage)?.[0];
        if (stripe) return colour(stripe);
        const [r = 0, g = 0, b = 0, alpha = 1] = colour(backgroundColor);
        if (alpha > 0.99) return [r, g, b];
      }
      return [0, 0, 0];
    }
    /** WCAG 2.2 contrast ratio. */
    function contrast(one: readonly number[], other: readonly number[]): number {
      const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
      return (light + 0.05) / (dark + 0.05);
    }
    function luminance([r = 0, g = 0, b = 0]: readonly number[]): number {
      const [red = 0, green = 0, blue = 0] = [r, g, b].map((channel) => {
        const part = channel / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }
  });
}
