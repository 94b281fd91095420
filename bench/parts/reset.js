import { wellKnown } from "@dayzero-tokens/server";
import { alternate } from "../measure/rounds.js";
import { summaryOf } from "../measure/summary.js";
import { withDouble } from "../measure/with-double.js";
import { target } from "./part.js";

const counts = [1000, 10_000, 100_000];

/** Back to the seed. @returns {Promise<import("./part.js").PartResult>} */
export async function reset() {
  const candidates = counts.map((count) => ({ name: `${count.toLocaleString("en")} tokens`, count }));
  const measured = await alternate(candidates, 9, ({ count }) => millisecondsToReset(count));
  const medians = candidates.map(({ name }) => summaryOf(measured.get(name) ?? []));
  const [, middle, large] = medians.map(({ median }) => median);
  return {
    title: "Reset to the seed",
    rows: candidates.map(({ name }) => ({
      candidate: name,
      what: "reset()",
      unit: "ms",
      value: summaryOf(measured.get(name) ?? []),
    })),
    targets: [
      target("≤ 5 ms at 10,000 tokens", middle ?? null, (ms) => ms <= 5),
      target("ten times the tokens, at most ten times the time", (large ?? 0) / (middle ?? 1), (ratio) => ratio <= 10),
    ],
  };
}

/** @param {number} count */
const millisecondsToReset = (count) =>
  withDouble({ maxActiveTokens: 0 }, async (double) => {
    const { user, businessId, token } = wellKnown;
    for (let index = 0; index < count; index += 1) {
      const names = { id: `id ${index}`, jti: `jti ${index}`, digest: `digest ${index}`, prefix: "dz_eyJ..." };
      const record = { ...token, ...names, userId: user.id, businessId, createdAt: token.createdAt + index + 1 };
      await double.world.tokens.add(record, 0, 0);
    }
    const started = performance.now();
    await double.reset();
    return performance.now() - started;
  });
