/**
 * Measures the candidates in turn, round by round, so that whatever else the machine does meets them all. The order
 * turns with the rounds. A candidate with fewer rounds of its own drops out of the later ones.
 *
 * @template {{ name: string, rounds?: number }} C
 * @template R
 * @param {readonly C[]} candidates @param {number} rounds @param {(candidate: C) => Promise<R>} measure
 * @returns {Promise<Map<string, R[]>>} what was measured, by the candidate's name
 */
export async function alternate(candidates, rounds, measure) {
  /** @type {Map<string, R[]>} */
  const measured = new Map(candidates.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const turn = round % candidates.length;
    for (const candidate of [...candidates.slice(turn), ...candidates.slice(0, turn)]) {
      if (round < (candidate.rounds ?? rounds)) measured.get(candidate.name)?.push(await measure(candidate));
    }
  }
  return measured;
}
