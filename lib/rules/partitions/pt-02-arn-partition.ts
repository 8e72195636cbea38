import type { Account } from "../../account-map/model/account-map";
import type { Principal } from "../../account-map/model/principal";
import type { Path } from "../../source/source";
import { valuesOf } from "../../iam/policy-document";
import type { Rule } from "../rule";
import type { RuleFinding } from "../rule-finding";
import type { MapContext } from "../rule-context";
import { conditionTexts, resourceTexts } from "../facts/statement-text";
import { placeIn } from "../facts/written-statement";

export const arnPartition: Rule = {
  id: "PT-02",
  severity: "error",
  summary: "every ARN is in the partition of the account that uses it",
  why: "IAM rejects policies with resources of another partition, and conditions on its ARNs never match.",
  source: "IAM Access Analyzer, policy check Invalid partition",
  refused: true,
  *inMap(context) {
    yield* writtenArns(context);
    yield* mapArns(context);
  },
};

/** ARNs in documents and in statements of the map. */
function* writtenArns(context: MapContext): Generator<RuleFinding> {
  for (const written of context.statements) {
    const accounts = written.holders.flatMap(({ entry }) => oneOfEachPartition(entry.accounts));
    const { statement } = written;
    for (const { text, path } of [...resourceTexts(statement), ...conditionTexts(statement)]) {
      const account = elsewhere(text, accounts);
      if (account === undefined) continue;
      yield {
        ...placeIn(written, ...path),
        message: messageFor(text, account),
        help: "write `arn:{{partition}}:...`, which is right in every account",
      };
    }
  }
}

/** ARNs that the map itself holds. */
function* mapArns(context: MapContext): Generator<RuleFinding> {
  for (const { at, arns, accounts } of usedArns(context)) {
    for (const arn of arns) {
      const account = elsewhere(arn, oneOfEachPartition(accounts));
      if (account === undefined) continue;
      yield {
        at,
        message: messageFor(arn, account),
        help: `write the ARN of one in \`${account.partition}\`, or select the accounts of one partition`,
      };
      break;
    }
  }
}

interface UsedArns {
  readonly at: Path;
  readonly arns: readonly string[];
  readonly accounts: readonly Account[];
}

function* usedArns({ map, entries, entrances }: MapContext): Generator<UsedArns> {
  for (const account of map.accounts.values()) {
    for (const { value, at } of account.parameters.values()) {
      yield { at, arns: valuesOf(value), accounts: [account] };
    }
  }
  for (const { settings, accounts } of entries) {
    const { managed, documents } = settings.permissions;
    for (const { name, at } of managed) yield { at, arns: [name], accounts };
    for (const { value, at } of documents.flatMap(({ values }) => [...values.values()])) {
      yield { at, arns: valuesOf(value), accounts };
    }
  }
  for (const { wayIn, accounts } of entrances) {
    const { principal, at } = wayIn;
    yield { at: [...at, principal.kind], arns: arnsOf(principal), accounts };
  }
}

function arnsOf(principal: Principal): readonly string[] {
  switch (principal.kind) {
    case "podIdentity":
      return principal.clusterArn === undefined ? [] : [principal.clusterArn];
    case "service":
      return principal.sourceArns;
    case "rolesAnywhere":
      return [principal.trustAnchorArn];
    default:
      return [];
  }
}

/** The first account that is in another partition than an ARN does; a partition that is a wildcard or a parameter fits all. */
function elsewhere(arn: string, accounts: readonly Account[]): Account | undefined {
  const partition = /^arn:(?<partition>[a-z-]+):/.exec(arn)?.groups?.partition;
  if (partition === undefined) return undefined;
  return accounts.find((account) => account.partition !== partition);
}

function messageFor(arn: string, { key, partition }: Account): string {
  return `\`${arn}\` is not in \`${partition}\`, the partition of \`${key}\``;
}

function oneOfEachPartition(accounts: readonly Account[]): readonly Account[] {
  const first = new Map<string, Account>();
  for (const account of accounts) {
    if (!first.has(account.partition)) first.set(account.partition, account);
  }
  return [...first.values()];
}
