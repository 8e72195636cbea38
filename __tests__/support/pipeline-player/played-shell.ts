import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FoundProvider } from "../terraform/find-provider";
import { Forge } from "./forge/forge";
import { edited, PEOPLE, playedMap } from "./played-map";
import { PlayedOrganization, REPOSITORY } from "./played-organization";
import { runProgram } from "./run-program";
import type { ProgramEnd } from "./run-program";

/** A repository and an organization whose pipeline is shell: scripts run one by one, as its server runs them. */
export class PlayedShell {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "trustwheel-server-")));

  private constructor(
    readonly forge: Forge,
    readonly organization: PlayedOrganization,
  ) {}

  static async start(
    pipeline: string,
    host: "atlantis" | "gitlab",
    provider: FoundProvider,
    more = "",
  ): Promise<PlayedShell> {
    const forge = new Forge(REPOSITORY);
    const { folder, desk: project } = forge;
    const map = `${more}${playedMap(pipeline)}`;
    const later = edited(map, PEOPLE);
    const organization = await PlayedOrganization.start({ map, later, provider, folder, project });
    organization.trustwheel(project, "ci", host);
    const played = new PlayedShell(forge, organization);
    // The lock file names the program next to the clone, also in the folders that scripts make themselves.
    const mktemp = join(played.folder, "bin", "mktemp");
    mkdirSync(dirname(mktemp));
    writeFileSync(
      mktemp,
      `#!/bin/sh\nmade="$(PATH=\${PATH#*:} mktemp "$@")" && ln -s "${folder}/tool" "$made/tool" && echo "$made"\n`,
    );
    chmodSync(mktemp, 0o755);
    return played;
  }

  /** Runs a script as a server does, and returns what it printed: it must end with a code. */
  async run(
    cwd: string,
    script: string,
    env: Readonly<Record<string, string>>,
    code = 0,
  ): Promise<string> {
    mkdirSync(cwd, { recursive: true });
    const insteadOf = `url.file://${this.forge.repository.folder}.insteadOf`;
    const end: ProgramEnd = await runProgram("bash", ["-c", script], {
      cwd,
      env: {
        PATH: `${join(this.folder, "bin")}:${process.env.PATH ?? ""}`,
        HOME: this.folder,
        TMPDIR: this.folder,
        ...this.organization.environment,
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_KEY_0: insteadOf,
        GIT_CONFIG_VALUE_0: `https://github.com/${REPOSITORY}.git`,
        ...env,
      },
    });
    if (end.code !== code) throw new Error(`ended with ${end.code}: ${script}\n${end.output}`);
    return end.output;
  }

  async end(): Promise<void> {
    await this.organization.end();
    this.forge.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
