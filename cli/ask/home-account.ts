import { nearest } from "../../lib/diagnostics/nearest";
import { listNames } from "../../lib/diagnostics/nearest";
import { quoteName } from "../../lib/diagnostics/quote";
import type { StarterAccount } from "../../lib/start/starter-map";
import type { Prompts } from "../system/prompts";
import type { UsageProblem } from "../system/usage-problem";

/**
 * Words in the names of accounts that are made for people and pipelines to start from, the best first. Sources:
 * AWS Prescriptive Guidance, "AWS Security Reference Architecture" (Shared Services, Security Tooling), and
 * "Organizing Your AWS Environment" (identity, deployments).
 */
const HOMES: readonly (readonly string[])[] = [
  ["identity"],
  ["shared", "services"],
  ["deployment"],
  ["deployments"],
  ["tooling"],
  ["tools"],
  ["platform"],
  ["automation"],
  ["infrastructure"],
  ["security"],
];

/**
 * The account in which people and the pipeline start: the one that was named; the one whose name says so; else
 * whoever sits there is asked. No account of some team is taken silently.
 *
 * @param named key of an account. @default - nobody named one
 * @returns nothing where the question was refused
 */
export async function homeAccount(
  candidates: readonly StarterAccount[],
  named: string | undefined,
  prompts: Prompts | undefined,
): Promise<StarterAccount | UsageProblem | undefined> {
  const keys = candidates.map(({ key }) => key);
  const problemOf = (text: string): string | undefined => {
    if (keys.includes(text)) return undefined;
    const meant = nearest(text, keys);
    const help = meant === undefined ? "" : `; did you mean ${quoteName(meant)}?`;
    return `the organization has no account ${quoteName(text)}${help}`;
  };
  const chosen = named ?? homeByName(keys);
  if (named !== undefined) {
    const problem = problemOf(named);
    if (problem !== undefined) return { problem, help: `it has ${listNames(keys)}` };
  }
  if (chosen === undefined && prompts === undefined) {
    return {
      problem: "no account's name says that people and pipelines start there",
      help: `name one with \`--account KEY\`: ${listNames(keys)}`,
    };
  }
  const key =
    named === undefined && prompts !== undefined
      ? await prompts.input("Account that people and the pipeline start from", {
          ...(chosen === undefined ? {} : { default: chosen }),
          problemOf,
        })
      : chosen;
  return candidates.find((each) => each.key === key);
}

/** The key whose words say that people or pipelines start there; none where no name does. */
function homeByName(keys: readonly string[]): string | undefined {
  for (const words of HOMES) {
    const found = keys.find((key) => {
      const parts = key.split("-");
      return words.every((word) => parts.includes(word)) && !parts.some((part) => TRIALS.has(part));
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Words of accounts that are there to try things. */
const TRIALS: ReadonlySet<string> = new Set(["test", "dev", "stage", "staging", "sandbox", "qa"]);
