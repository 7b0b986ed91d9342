/** What the words model tells apart at each step across a line, in the order of its outputs. */
export const BLANK = 0;
/** Space between words. */
export const SPACE = 1;
/** Writing that is no letter: struck out. */
export const STRUCK = '#';
/** Capitals and small letters are one class; only letters that number words and their company have. */
export const WORDS_CLASSES: readonly string[] = ['', ' ', ...'ABDEGHIJKLMNOPRSTU', STRUCK];

/** Numbers of the classes that spell a text in capitals. Throws for a letter the model does not know. */
export function classesOf(text: string): readonly number[] {
  return Array.from(text, (letter) => {
    const index = WORDS_CLASSES.indexOf(letter);
    if (index < 0) throw new RangeError(`the words model knows no "${letter}"`);
    return index;
  });
}
