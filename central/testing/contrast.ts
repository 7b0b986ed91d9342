/** Runs in the browser: every piece of text whose contrast to its ground is below the wanted ratio (WCAG 2). */
export function weakContrasts(wanted: number): readonly string[] {
  const channels = (colour: string) => (/rgba?\(([^)]+)\)/.exec(colour)?.[1] ?? '0,0,0').split(',').map(Number);
  const luminance = (colour: string) => {
    const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (start: Element): string => {
    for (let element: Element | null = start; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor;
      if ((channels(colour)[3] ?? 1) > 0) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('body *')].flatMap((element) => {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    if (!hasText || !element.checkVisibility()) return [];
    const light = luminance(getComputedStyle(element).color);
    const ground = luminance(groundOf(element));
    const ratio = (Math.max(light, ground) + 0.05) / (Math.min(light, ground) + 0.05);
    return ratio < wanted ? [`${element.textContent?.trim().slice(0, 40)} ${ratio.toFixed(2)}`] : [];
  });
}
