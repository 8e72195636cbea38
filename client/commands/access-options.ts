import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import { LONGEST_SECONDS, SHORTEST_SECONDS } from "../../lib/session/calls/plan-calls";
import type { SessionWishes } from "../../lib/session/calls/hop-state";
import type { ClientContext } from "../open-session";
import { mfaAsker } from "../credentials/mfa-code";
import type { Environment } from "../user-folders";

/** What all commands that assume roles take. */
export interface AccessOptions {
  readonly index?: string;
  readonly via?: string;
  readonly from?: string;
  readonly as?: string;
  readonly sessionName?: string;
  readonly tag?: Readonly<Record<string, string>>;
  readonly duration?: number;
  readonly mfaSerial?: string;
  readonly mfaCode?: string;
}

/** Adds the options that say whose credentials are used and what the sessions carry. */
export function addAccessOptions(command: Command): Command {
  return command
    .option(
      "-i, --index <location>",
      "the access index: a file, https:// or s3:// (default: TRUSTWHEEL_INDEX, the user's configuration, or the checkout's)",
    )
    .option(
      "--via <hub>",
      "the role that the path begins with, if there are several paths; `direct` for none",
    )
    .option(
      "--from <profile>",
      "AWS profile of the first credentials (default: what the AWS SDK finds)",
    )
    .option("--as <name>", "source identity and session name (default: the caller's own name)")
    .option("--session-name <name>", "session name in audit logs (default: the source identity)")
    .addOption(
      new Option("--tag <key=value>", "a session tag; repeatable").argParser(
        (text, all: Readonly<Record<string, string>> | undefined) => ({
          ...all,
          ...keyValue(text),
        }),
      ),
    )
    .addOption(
      new Option(
        "--duration <time>",
        "length of one session, 15m to 12h, at most 1h through a hub; longer commands get new sessions",
      ).argParser(duration),
    )
    .option(
      "--mfa-serial <serial>",
      "serial number or ARN of your MFA device, where a hub requires MFA",
      process.env.TRUSTWHEEL_MFA_SERIAL,
    )
    .option("--mfa-code <code>", "its code (default: asked for on the terminal)");
}

/** What a session is to carry. */
export function wishesOf(options: AccessOptions): SessionWishes {
  const { as, sessionName, tag = {}, duration: seconds, mfaSerial } = options;
  return {
    tags: tag,
    ...(as === undefined ? {} : { as }),
    ...(sessionName === undefined ? {} : { sessionName }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(mfaSerial === undefined ? {} : { mfaSerial }),
  };
}

/** The context of this process. */
export function contextOf(
  options: AccessOptions,
  environment: Environment,
  say: (line: string) => void,
): ClientContext {
  return {
    environment,
    now: () => Date.now(),
    askMfa: mfaAsker(options.mfaCode),
    say,
    from: options.from,
  };
}

function keyValue(text: string): Readonly<Record<string, string>> {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) throw invalid(`'${text}' is not KEY=VALUE`);
  return { [key]: value };
}

/** Seconds of a duration within the limits of STS (rule ID-16). */
export function duration(text: string): number {
  const [, number, unit] = /^(\d+)([smh])$/.exec(text) ?? [];
  const seconds = Number(number) * (unit === "h" ? 3600 : unit === "m" ? 60 : 1);
  if (number === undefined || seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
    throw invalid(`must be 15m to 12h, such as 45m, got '${text}'`);
  }
  return seconds;
}

function invalid(message: string): Error {
  return new InvalidArgumentError(message);
}
