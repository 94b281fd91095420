import { spawnSync } from "node:child_process";
import { inPeer, installPeers } from "../peers/install.js";

/** @typedef {import("./candidate.js").Candidate} Candidate */
/** @typedef {import("../peers/versions.js").PeerName} PeerName */

/** @param {PeerName} name @param {string} path */
const node = (name, path) => [process.execPath, inPeer(name, `node_modules/${path}`)];

const headers = {
  authorization: "Bearer dz_any",
  "x-business-id": "01941f29-7c00-7000-8000-000000000002",
};
const body = '{"name":"ci","description":"made under load","expires_in_days":30}';
const json = { ...headers, "content-type": "application/json" };

/** @param {string} path @param {number} [expect] */
const posts =
  (path, expect = 201) =>
  () => ({ method: "POST", path, headers: json, body, expect });
const gets = (/** @type {string} */ path) => () => ({ method: "GET", path, headers, expect: 200 });
const sameRoutes = { create: posts("/api/v1/tokens"), list: gets("/api/v1/tokens?limit=50") };

/** @type {Readonly<Record<Exclude<PeerName, "msw">, Candidate>>} */
const peers = {
  prism: {
    name: "Prism",
    command: (port) => [
      ...node("prism", "@stoplight/prism-cli/dist/index.js"),
      ...["mock", "-p", `${port}`, "-h", "127.0.0.1", "-v", "silent", inPeer("prism", "openapi.json")],
    ],
    ...sameRoutes,
  },
  mockoon: {
    name: "Mockoon CLI",
    command: (port) => [
      ...node("mockoon", "@mockoon/cli/bin/run.js"),
      ...["start", "--data", inPeer("mockoon", "openapi.json"), "--port", `${port}`],
      ...["--disable-log-to-file", "--disable-admin-api"],
    ],
    ...sameRoutes,
  },
  "json-server": {
    name: "json-server",
    command: (port) => [
      ...node("json-server", "json-server/lib/cli/bin.js"),
      ...["--quiet", "--host", "127.0.0.1", "--port", `${port}`, inPeer("json-server", "db.json")],
    ],
    create: posts("/tokens"),
    list: gets("/tokens?_limit=50"),
  },
  emulate: {
    name: "emulate",
    command: (port) => [process.execPath, inPeer("emulate", "emulate-service.mjs"), `${port}`],
    ...sameRoutes,
  },
  "oauth2-mock-server": {
    name: "oauth2-mock-server",
    command: (port) => [
      ...node("oauth2-mock-server", "oauth2-mock-server/dist/oauth2-mock-server.mjs"),
      ...["-a", "127.0.0.1", "-p", `${port}`],
    ],
    create: () => ({
      method: "POST",
      path: "/token",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "grant_type=client_credentials&scope=tokens",
      expect: 200,
    }),
  },
  wiremock: {
    name: "WireMock",
    command: (port) => [
      ...["java", "-jar", inPeer("wiremock", "node_modules/wiremock/build/wiremock-standalone-3.13.2.jar")],
      ...["--port", `${port}`, "--root-dir", inPeer("wiremock", ""), "--disable-banner"],
    ],
    create: posts("/api/v1/tokens"),
  },
};

/**
 * The peers that can be had here, and why the others cannot.
 * @returns {Promise<{ peers: Candidate[], remarks: string[] }>}
 */
export async function availablePeers() {
  const hasJava = spawnSync("java", ["-version"]).status === 0;
  const wanted = /** @type {(keyof typeof peers)[]} */ (Object.keys(peers)).filter(
    (name) => name !== "wiremock" || hasJava,
  );
  const { there, remarks } = await installPeers(wanted);
  return {
    peers: wanted.filter((name) => there.has(name)).map((name) => peers[name]),
    remarks: hasJava ? remarks : [...remarks, "WireMock left out: there is no java"],
  };
}
