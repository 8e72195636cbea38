import type { PipelineHost } from "./pipeline-file";

/** Patterns of a CODEOWNERS file. */
interface CodeOwnerPatterns {
  /** Owned, first of all. */
  readonly all: readonly string[];
  /** Not owned, where the host can say so. */
  readonly idle: readonly string[];
  /** Owned, last of all. */
  readonly always: readonly string[];
}

/** What is written into a CODEOWNERS file. */
export interface CodeOwners {
  readonly host: PipelineHost;
  /** Where the file is read: the two read it differently. */
  readonly forge: Forge;
  /** Teams, users or e-mail addresses, as the forge writes them. */
  readonly owners: readonly string[];
  readonly patterns: CodeOwnerPatterns;
}

/** What reads the file. */
export type Forge = "github" | "gitlab";

/** Where a forge looks for the file; the first one that is there counts. */
export const CODE_OWNERS_FILES: Readonly<Record<Forge, readonly string[]>> = {
  // docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
  github: [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"],
  // docs.gitlab.com/user/project/codeowners
  gitlab: ["CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"],
};

/** Where the file is written if there is none. */
export const NEW_CODE_OWNERS_FILE: Readonly<Record<Forge, string>> = {
  github: ".github/CODEOWNERS",
  gitlab: ".gitlab/CODEOWNERS",
};

const BEGIN =
  /^# >>> trustwheel: written by `npx trustwheel ci [a-z]+ --codeowners (?<owners>[^`]*)`/;
const END = "# <<< trustwheel";

/** Whether a text names an owner: `@user`, `@org/team`, a GitLab role `@@developer`, or an e-mail address. */
export function isCodeOwner(text: string): boolean {
  return /^(?:@{1,2}[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9._-]+)*|[^\s@#`<>]+@[^\s@#`<>]+)$/.test(
    text,
  );
}

/** The owners that the block of a file names; `undefined` where there is no block. */
export function blockOwners(text: string): readonly string[] | undefined {
  for (const line of text.split("\n")) {
    const owners = BEGIN.exec(line)?.groups?.owners;
    if (owners !== undefined) return owners.split(" ").filter((each) => each !== "");
  }
  return undefined;
}

/**
 * A CODEOWNERS file with our block, in place of an earlier one. The rest stays as it is, but above the
 * block: the last line that matches a file decides, so that nothing may come after it. `undefined` where a
 * block begins and does not end.
 *
 * @param before text of the file. @default - there is none
 */
export function withCodeOwners(before: string | undefined, block: CodeOwners): string | undefined {
  const rest = withoutBlocks(before ?? "");
  if (rest === undefined) return undefined;
  const kept = rest.trimEnd();
  return `${kept === "" ? "" : `${kept}\n\n`}${blockText(block)}\n`;
}

function withoutBlocks(text: string): string | undefined {
  const kept: string[] = [];
  let isOpen = false;
  for (const line of text.split("\n")) {
    if (BEGIN.test(line)) {
      if (isOpen) return undefined;
      isOpen = true;
    } else if (isOpen) {
      isOpen = line.trimEnd() !== END;
    } else {
      kept.push(line);
    }
  }
  return isOpen ? undefined : kept.join("\n");
}

function blockText({ host, forge, owners, patterns: { all, idle, always } }: CodeOwners): string {
  const names = owners.join(" ");
  const owned = (pattern: string): string => `${escaped(pattern)} ${names}`;
  return [
    `# >>> trustwheel: written by \`npx trustwheel ci ${host} --codeowners ${names}\`; edits here are lost.`,
    "# Every file that can change what is reviewed or deployed. Keep this block last: the last match decides.",
    // A section of its own asks for its approval whatever other sections say.
    ...(forge === "gitlab" ? ["[trustwheel]"] : []),
    ...all.map(owned),
    // A pattern without an owner is one for GitHub alone.
    ...(forge === "github" ? idle : []),
    ...always.map(owned),
    END,
  ].join("\n");
}

/** A pattern whose spaces and signs stand for themselves. */
function escaped(pattern: string): string {
  return pattern.replace(/[\s#[\]!]/g, "\\$&");
}
