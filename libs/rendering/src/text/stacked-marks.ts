/** Over one letter no language needs more. */
const maxMarksOnLetter = 6;
const mark = /[\p{Mn}\p{Me}]/u;
const known = new Map<number, boolean>();

/** Marks are drawn over the letter before them. One that comes twice looks like one, and many of them cover other lines. */
export class StackedMarks {
  #before = 0;
  #count = 0;

  /** To be asked of each character in turn: whether it is a mark that is better shown as its code point. */
  tooMany(codePoint: number): boolean {
    const again = codePoint === this.#before;
    this.#before = codePoint;
    if (codePoint < 0x300 || !isMark(codePoint)) {
      this.#count = 0;
      return false;
    }
    this.#count += 1;
    return again || this.#count > maxMarksOnLetter;
  }
}

function isMark(codePoint: number): boolean {
  let is = known.get(codePoint);
  if (is === undefined) {
    is = mark.test(String.fromCodePoint(codePoint));
    known.set(codePoint, is);
  }
  return is;
}
