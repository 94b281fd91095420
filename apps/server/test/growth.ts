/** Ten times as much takes ten times as long; a hundred times, where each part is looked at once for each other. */
const tolerated = 50;
/** What is shorter says nothing, in milliseconds. */
const floor = 2;

/**
 * Reads texts of a hundredth, a tenth and the whole of a length. Answers how many times as long ten times as much took
 * where that was too much; undefined where the reader is linear. Only times of this process are compared, in which it
 * did run, the best of a few each.
 */
export async function growthOf<T>(
  read: (input: T) => unknown,
  worst: (length: number) => T,
  longest = 1_000_000,
): Promise<number | undefined> {
  let before = await timeOf(read, worst(longest / 100), Number.POSITIVE_INFINITY);
  for (const length of [longest / 10, longest]) {
    const time = await timeOf(read, worst(length), tolerated * before);
    // It stops here: the next step of a reader that is not linear would take minutes.
    if (time >= tolerated * before) return Math.round(time / before);
    before = time;
  }
  return undefined;
}

/** The best time of three runs, or of fewer that are long; of up to six where it would be too much. */
async function timeOf<T>(read: (input: T) => unknown, input: T, tooMuch: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0, spent = 0; (run < 3 && spent < 150) || (run < 6 && best >= tooMuch); run += 1) {
    const start = process.cpuUsage();
    await read(input);
    const { user, system } = process.cpuUsage(start);
    const time = (user + system) / 1000;
    spent += time;
    best = Math.min(best, time);
  }
  return Math.max(best, floor);
}
