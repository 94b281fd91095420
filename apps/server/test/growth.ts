/** Ten times as much takes ten times as long; a hundred times, where each part is looked at once for each other. */
const tolerated = 50;
/** What is shorter says nothing, in milliseconds. */
const floor = 2;

/**
 * Reads texts of a hundredth, a tenth and the whole of a length. Answers how many times as long ten times as much took
 * where that was too much; undefined where the reader is linear. Only times of the same machine at the same moment are
 * compared, the best of a few each.
 */
export async function growthOf<T>(
  read: (input: T) => unknown,
  worst: (length: number) => T,
  longest = 1_000_000,
): Promise<number | undefined> {
  let before = await timeOf(read, worst(longest / 100));
  for (const length of [longest / 10, longest]) {
    const time = await timeOf(read, worst(length));
    const growth = Math.round(time / before);
    // It stops here: the next step of a reader that is not linear would take minutes.
    if (growth >= tolerated) return growth;
    before = time;
  }
  return undefined;
}

async function timeOf<T>(read: (input: T) => unknown, input: T): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0, spent = 0; run < 3 && spent < 150; run += 1) {
    const start = performance.now();
    await read(input);
    const time = performance.now() - start;
    spent += time;
    best = Math.min(best, time);
  }
  return Math.max(best, floor);
}
