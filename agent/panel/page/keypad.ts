import { KEYPAD } from '../words/keypad.ts';
import { button, element } from './element.ts';

export interface KeypadSetting {
  /** Most digits that can be typed. */
  readonly most: number;
  /** Fewest that can be used. */
  readonly least: number;
  /** What stands where the digits will be. */
  readonly empty: string;
  /** Digits are not shown: a PIN. */
  readonly hidden: boolean;
  use(digits: string): void;
}

/** Digits by finger or keyboard; nothing counts until "Pakai" (or Enter), and then the pad is empty again. */
export function keypad({ most, least, empty, hidden, use }: KeypadSetting): HTMLElement {
  const typed = element('output', { class: 'typed', 'aria-label': empty }, empty);
  const take = () => {
    const taken = digits;
    show('');
    use(taken);
  };
  const useKey = button({ class: 'key use', disabled: true }, take, KEYPAD.use);
  let digits = '';
  const show = (next: string) => {
    digits = next.slice(0, most);
    typed.textContent = (hidden ? '•'.repeat(digits.length) : digits) || empty;
    typed.toggleAttribute('data-typed', digits !== '');
    useKey.disabled = digits.length < least;
  };
  const digit = (key: string) => button({ class: 'key' }, () => show(digits + key), key);
  const erase = button({ class: 'key', 'aria-label': KEYPAD.erase }, () => show(digits.slice(0, -1)), '⌫');
  const keys = [...'123456789'].map(digit);
  const pad = element('div', { class: 'keypad' }, typed, ...keys, erase, digit('0'), useKey);
  pad.addEventListener('keypad', (event) => {
    if (!(event instanceof CustomEvent)) return;
    const key = String(event.detail);
    if (/^[0-9]$/.test(key)) show(digits + key);
    else if (key === 'Backspace') show(digits.slice(0, -1));
    else if (key === 'Enter' && digits.length >= least) take();
  });
  return pad;
}

/** Hands a key of the keyboard to the keypad on the screen, where there is one; to the one in front where there are two. */
export function typeIntoKeypad(key: string): void {
  [...document.querySelectorAll('.keypad')].at(-1)?.dispatchEvent(new CustomEvent('keypad', { detail: key }));
}
