/**
 * A number that Python reads as a float and JavaScript would turn into something else: `1.0` (an integer here),
 * `-0.0`, `NaN` and the infinities. Floats with a fraction need no such care and stay plain numbers; integers beyond
 * 2^53 are bigints.
 */
export class PythonFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}
