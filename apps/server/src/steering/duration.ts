const pattern = /^(-?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/;
const secondsIn = [604_800, 86_400, 3600, 60, 1];

/** Milliseconds of a number of seconds, or of an ISO 8601 duration such as `P30D`, `PT1H30M` or `-P1D`. */
export function parseDuration(duration: number | string): number {
  if (typeof duration === "number") return Math.round(duration * 1000);
  const [, sign, ...parts] = pattern.exec(duration) ?? [];
  if (sign === undefined) throw new RangeError(`${duration} is no ISO 8601 duration such as P30D or PT1H30M`);
  const seconds = secondsIn.reduce((sum, each, at) => sum + each * Number(parts[at] ?? 0), 0);
  return Math.round(seconds * 1000) * (sign === "-" ? -1 : 1);
}
