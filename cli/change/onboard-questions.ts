import type { AddAccount } from "../../lib/account-map/edit/map-edit";
import type { AccountMap } from "../../lib/account-map/model/account-map";
import type { RawAccountMap } from "../../lib/account-map/read/raw-account-map";
import { listNames } from "../../lib/diagnostics/nearest";
import { idProblem, keyProblem, ownerOf, readPairs, unitProblem } from "./account-answers";
import type { Prompts } from "../system/prompts";
import type { UsageProblem } from "../system/usage-problem";

/** The options of `trustwheel onboard` that say what the account is. */
export interface AccountOptions {
  readonly key?: string;
  readonly id?: string;
  readonly unit?: string;
  readonly ou?: string;
  readonly name?: string;
  readonly organization?: string;
  readonly partition?: string;
  readonly region?: string;
  readonly deploymentRole?: string;
  /** @default - none */
  readonly tag?: readonly string[];
  /** @default - none */
  readonly parameter?: readonly string[];
}

/** The account that options and answers describe; nothing where an answer was refused. */
export async function askForAccount(
  options: AccountOptions,
  { map, raw }: { readonly map: AccountMap; readonly raw: RawAccountMap },
  prompts: Prompts | undefined,
): Promise<AddAccount | UsageProblem | undefined> {
  const given = { ...options, unit: options.unit ?? options.ou };
  const severalOrganizations =
    map.organizations.size > 1 && raw.defaults?.organization === undefined;
  const missing = [
    ...(given.key === undefined ? ["--key NAME"] : []),
    ...(given.id === undefined ? ["--id ID"] : []),
    ...(given.unit === undefined ? ["--unit PATH"] : []),
    ...(given.organization === undefined && severalOrganizations ? ["--organization KEY"] : []),
  ];
  if (missing.length > 0 && prompts === undefined) {
    const problem = `an account needs ${missing.join(", ")}, and there is no terminal to ask on`;
    return { problem, help: `pass ${missing.join(" ")}; \`--unit /\` is the root` };
  }
  const key =
    given.key ?? (await prompts?.input("Key of the account in the map", { problemOf: keyProblem }));
  if (key === undefined) return undefined;
  const id =
    given.id ??
    (await prompts?.input("Account ID", {
      problemOf: (text) => idProblem(text) ?? taken(map, text, key),
    }));
  if (id === undefined) return undefined;
  const unit =
    given.unit ??
    (await prompts?.input("Organizational unit (OU)", { default: "/", problemOf: unitProblem }));
  if (unit === undefined) return undefined;
  const organizations = [...map.organizations.keys(), "none"];
  const organizationProblem = (text: string): string | undefined =>
    organizations.includes(text)
      ? undefined
      : `there is no organization ${text}, known: ${listNames(organizations)}`;
  const organization =
    given.organization ??
    (severalOrganizations
      ? await prompts?.input(`Organization (${organizations.join(", ")})`, {
          problemOf: organizationProblem,
        })
      : undefined);
  if (organization === undefined && severalOrganizations) return undefined;
  const tagTexts = await tagsOf(options, missing.length > 0 ? prompts : undefined);
  if (tagTexts === undefined) return undefined;
  const tags = readPairs(tagTexts, "tag");
  if ("problem" in tags) return tags;
  const parameters = readPairs(options.parameter ?? [], "parameter");
  if ("problem" in parameters) return parameters;
  const problem =
    keyProblem(key) ??
    idProblem(id) ??
    unitProblem(unit) ??
    (organization === undefined ? undefined : organizationProblem(organization));
  if (problem !== undefined) return { problem };
  const { name, partition, region, deploymentRole } = options;
  return {
    kind: "add-account",
    key,
    id,
    ...(name === undefined ? {} : { name }),
    // The root is not printed.
    ...(unit === "/" ? {} : { unit }),
    ...(organization === undefined ? {} : { organization }),
    ...(partition === undefined ? {} : { partition }),
    ...(region === undefined ? {} : { region }),
    ...(deploymentRole === undefined ? {} : { deploymentRole }),
    ...(Object.keys(tags.values).length === 0 ? {} : { tags: tags.values }),
    ...(Object.keys(parameters.values).length === 0 ? {} : { parameters: parameters.values }),
  };
}

function taken(map: AccountMap, id: string, key: string): string | undefined {
  const owner = ownerOf(map, id);
  return owner === undefined || owner === key ? undefined : `${id} is already \`${owner}\``;
}

async function tagsOf(
  { tag = [] }: AccountOptions,
  prompts: Prompts | undefined,
): Promise<readonly string[] | undefined> {
  if (tag.length > 0 || prompts === undefined) return tag;
  const split = (text: string): string[] =>
    text
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "");
  const answer = await prompts.input("Tags (KEY=VALUE, ...; may be empty)", {
    default: "",
    problemOf: (text) => {
      const read = readPairs(split(text), "tag");
      return "problem" in read ? read.problem : undefined;
    },
  });
  return answer === undefined ? undefined : split(answer);
}
