interface Listener {
  readonly runs: Set<() => void>;
  readonly runAll: () => void;
}

const listeners = new WeakMap<AbortSignal, Listener>();

/**
 * Calls `run` when the signal aborts; what is returned takes that back. However many wait, the signal has one listener:
 * Node 20 warns of a leak from the eleventh on.
 */
export function onAbort(signal: AbortSignal, run: () => void): () => void {
  const { runs, runAll } = listeners.get(signal) ?? listenTo(signal);
  runs.add(run);
  return () => {
    runs.delete(run);
    if (runs.size > 0) return;
    signal.removeEventListener("abort", runAll);
    listeners.delete(signal);
  };
}

function listenTo(signal: AbortSignal): Listener {
  const runs = new Set<() => void>();
  const runAll = () => {
    for (const run of runs) run();
  };
  signal.addEventListener("abort", runAll);
  const listener = { runs, runAll };
  listeners.set(signal, listener);
  return listener;
}
