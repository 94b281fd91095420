import type { RequestHandler } from "express";

/** Several handlers as one: each is called when the one before lets go on, and the first error, thrown or handed on, ends it. */
export const inOrder =
  (handlers: readonly RequestHandler[]): RequestHandler =>
  (req, res, done) => {
    let at = 0;
    const next = (error?: unknown): void => {
      const handler = error === undefined ? handlers[at] : undefined;
      if (handler === undefined) return done(error);
      at += 1;
      try {
        const outcome: unknown = handler(req, res, next);
        if (outcome instanceof Promise) outcome.catch(done);
      } catch (thrown) {
        done(thrown);
      }
    };
    next();
  };
