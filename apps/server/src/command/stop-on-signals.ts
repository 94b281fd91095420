const signals = ["SIGINT", "SIGTERM"] as const;

/** In real milliseconds: who is asked for more patience should be told why. */
const atOnceMs = 100;

/**
 * Ends the process with what `stop` resolves to at the first signal, and with 1 at the second, whatever goes on. A stop
 * that takes its time is `announced`.
 */
export function stopOnSignals(stop: () => Promise<number>, announced: () => void): void {
  let isStopping = false;
  const onSignal = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    setTimeout(announced, atOnceMs);
    stop().then(
      (code) => process.exit(code),
      (error) => {
        process.stderr.write(`dayzero-double: it could not stop in order: ${error}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of signals) process.on(signal, onSignal);
}
