import { Option } from "commander";
import type { Command } from "commander";
import type { Terminal } from "../../cli/system/terminal";
import { nameOf } from "../../lib/session/ways/find-role";
import { AccessRefused, errorText } from "../access-refused";
import { credentialVariables } from "../child/child-environment";
import { endText } from "../credentials/session-credentials";
import type { SessionCredentials } from "../credentials/session-credentials";
import type { OpenSession } from "../open-session";
import { contextOf } from "./access-options";
import { addRoleOptions, openRole } from "./exec";
import type { RoleOptions } from "./exec";

const FORMATS = ["process", "json", "env"] as const;

interface CredentialsOptions extends RoleOptions {
  readonly format: (typeof FORMATS)[number];
}

const EXAMPLES = `
Formats: \`process\` for \`credential_process\` of an AWS profile, \`json\`, \`env\` for \`eval\` in a shell.

Exit codes: 0 credentials, 1 denied, 2 usage error or nothing to start with, 3 internal error.

Examples:
  trustwheel credentials reader@shop-prod --format json
  eval "$(trustwheel credentials reader@shop-prod --format env)"`;

/** `trustwheel credentials`: credentials of a role, for programs. */
export function addCredentialsCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: number) => void,
): void {
  const command = program
    .command("credentials")
    .description("print credentials of a role, for programs")
    .argument("[role]", "ROLE@ACCOUNT");
  addRoleOptions(command)
    .addOption(
      new Option("-f, --format <format>", "output format").choices(FORMATS).default("process"),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (role: string | undefined, options: CredentialsOptions) => {
      const say = (line: string): void => {
        terminal.stderr(`trustwheel: ${line}\n`);
      };
      finish(
        await answered(terminal, async () => {
          const session = await openRole(role, options, contextOf(options, process.env, say));
          terminal.stdout(credentialsText(session, await session.credentials(), options.format));
          return 0;
        }),
      );
    });
}

/** Runs something; denied is 1, what the user can mend 2. */
export async function answered(terminal: Terminal, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    const text = errorText(error);
    if (text === undefined) throw error;
    terminal.stderr(`trustwheel: ${text}`);
    return error instanceof AccessRefused ? 1 : 2;
  }
}

function credentialsText(
  session: OpenSession,
  credentials: SessionCredentials,
  format: CredentialsOptions["format"],
): string {
  const { accessKeyId, secretAccessKey, sessionToken, until } = credentials;
  const expiration = until === undefined ? {} : { Expiration: endText(until) };
  switch (format) {
    case "process":
      return `${JSON.stringify({ Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, ...(sessionToken === undefined ? {} : { SessionToken: sessionToken }), ...expiration, AccountId: session.account.id })}\n`;
    case "json":
      return `${JSON.stringify(
        {
          role: nameOf(session.role),
          roleArn: session.role.arn,
          accountId: session.account.id,
          region: session.account.region,
          accessKeyId,
          secretAccessKey,
          ...(sessionToken === undefined ? {} : { sessionToken }),
          ...(until === undefined ? {} : { expiration: endText(until) }),
        },
        undefined,
        2,
      )}\n`;
    case "env": {
      const { region } = session.account;
      const all = {
        ...credentialVariables(credentials),
        AWS_REGION: region,
        AWS_DEFAULT_REGION: region,
      };
      const lines = Object.entries(all).map(
        ([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'\n`,
      );
      // A profile would win over the variables in some SDKs (rule CF-11).
      return `unset AWS_PROFILE AWS_DEFAULT_PROFILE\n${lines.join("")}`;
    }
  }
}
