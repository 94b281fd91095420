const signals = ["SIGINT", "SIGTERM"] as const;

/** Ends the process with what `stop` resolves to at the first signal, and with 1 at the second, whatever goes on. */
export function stopOnSignals(stop: () => Promise<number>): void {
  let isStopping = false;
  const onSignal = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
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
