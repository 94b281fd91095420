/** What is installed on demand, each into a folder of its own: the last versions that run on Node 20. */
export const versions = {
  prism: "@stoplight/prism-cli@5.14.2",
  mockoon: "@mockoon/cli@9.9.0",
  "json-server": "json-server@0.17.4",
  emulate: "emulate@0.12.2",
  "oauth2-mock-server": "oauth2-mock-server@8.2.3",
  wiremock: "wiremock@3.13.2",
  msw: "msw@2.15.0",
};

/** @typedef {keyof typeof versions} PeerName */
