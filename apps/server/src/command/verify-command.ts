import { Command, Option } from "commander";
import type { VerifySettings } from "./verify.ts";

/** The command line of `dayzero-double verify`. What it runs is loaded when it is asked for. */
export const verifyCommand = (): Command =>
  new Command("verify")
    .summary("run the conformance suite against a double, or against the real API")
    .description(
      "Runs the conformance suite. Without --target it starts a double and runs everything; against anything that is\n" +
        "no double it only reads, unless --tier says otherwise. docs/verify.md says what it touches and what it costs.",
    )
    .addOption(new Option("--target <url>", "the server to verify").env("DAYZERO_VERIFY_TARGET"))
    .addOption(new Option("--token <token>", "the API token; better given by the variable").env("DAYZERO_API_TOKEN"))
    .addOption(new Option("--business-id <uuid>", "the business to act in").env("DAYZERO_BUSINESS_ID"))
    .addOption(
      new Option("--control-token <token>", "what a double's control plane demands").env(
        "DAYZERO_DOUBLE_CONTROL_TOKEN",
      ),
    )
    .addOption(
      new Option("--tier <tier>", "read: changes nothing; write: creates three tokens; full: doubles only").choices([
        "read",
        "write",
        "full",
      ]),
    )
    .option("--only <pattern>", "only cases whose name or rule holds this; * stands for anything")
    .option("--strict", "an inference that the target differs from is a failure", false)
    .option("--json", "one JSON record a line", false)
    .option("--junit <file>", "write JUnit's XML there as well")
    .action(async (settings: VerifySettings) => (await import("./verify.ts")).runVerify(settings));
