/** What looks at the packed client, in the versions that have been tried. */
export const toolVersions = {
  "@arethetypeswrong/cli": "0.18.5",
  publint: "0.3.25",
  rolldown: "1.3.2",
  rollup: "4.68.5",
  "@rollup/plugin-node-resolve": "16.0.3",
  webpack: "5.112.2",
  "typescript-5.4": "npm:typescript@5.4.5",
  "typescript-5.9": "npm:typescript@5.9.3",
  "typescript-6.0": "npm:typescript@6.0.3",
  "typescript-7.0": "npm:typescript@7.0.2",
};
