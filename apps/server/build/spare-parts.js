/** What Express would load at start for what a double never does: parse bodies, send files, know file types. */
const spare = /^(?:body-parser|serve-static|send|qs|mime-types)$/;

/** @type {import("esbuild").Plugin} */
export const leaveOutSpareParts = {
  name: "leave out spare parts",
  setup(build) {
    build.onResolve({ filter: spare }, ({ path }) => ({ path, namespace: "spare" }));
    build.onLoad({ filter: /.*/, namespace: "spare" }, () => ({ contents: "module.exports = {};" }));
  },
};
