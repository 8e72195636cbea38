import { nameInArn } from "../../../iam/arn";
import type { NamedCaller } from "../../../access/callers/named-caller";
import { partText } from "../../../access/callers/name-part";
import type { Sentence } from "../text";
import { partWords, repositoryWords, runWords, unitWords } from "./caller-words";
import type { CallerNames } from "./caller-words";

/** A caller of a provider or service, short enough for a picture. */
export interface CallerLabel {
  /** What a reader looks for: the repository, the subject, the service. */
  readonly name: string;
  /** What else tells it from others: the branch, the provider, the source. */
  readonly detail: string;
}

/** The label of a caller; `undefined` for one whose ARN says all of its name, and for anyone. */
export function callerLabel(caller: NamedCaller, names: CallerNames): CallerLabel | undefined {
  switch (caller.kind) {
    case "github-actions": {
      const { subject, owner, repository, run } = caller;
      const isRead = owner !== undefined || repository !== undefined || run !== undefined;
      if (subject !== undefined && !isRead) return { name: partText(subject), detail: "GitHub" };
      const isOne =
        owner !== undefined && repository !== undefined && !isPattern(owner, repository);
      return {
        name: isOne
          ? `${partText(owner)}/${partText(repository)}`
          : textOf(repositoryWords({ ...caller, subject: undefined }, names)),
        detail: `GitHub, ${textOf(runWords(run, names))}`,
      };
    }
    case "oidc":
      return {
        name:
          caller.subject === undefined ? "any subject" : textOf(partWords(caller.subject, names)),
        detail: caller.issuer,
      };
    case "saml": {
      const attributes = Object.entries(caller.attributes);
      const name = attributes.map(([key, part]) => `${key} ${textOf(partWords(part, names))}`);
      const provider = nameInArn(caller.provider);
      return {
        name: name.length === 0 ? "anyone" : name.join(", "),
        detail: `SAML provider ${provider}`,
      };
    }
    case "service":
    case "ec2-instances": {
      const { sourceArn, sourceAccount } = caller;
      const source = [
        ...(sourceArn === undefined ? [] : [`source ${textOf(partWords(sourceArn, names))}`]),
        ...(sourceAccount === undefined ? [] : [`source account ${partText(sourceAccount)}`]),
      ];
      return { name: caller.service, detail: ["service", ...source].join(", ") };
    }
    case "pods": {
      const { namespace, serviceAccount, clusterArn } = caller;
      const part = (each: typeof namespace): string => (each === undefined ? "*" : partText(each));
      return {
        name: `${part(namespace)}/${part(serviceAccount)}`,
        detail: clusterArn === undefined ? "pods of any cluster" : `pods of ${lastOf(clusterArn)}`,
      };
    }
    case "roles-anywhere": {
      const fields = Object.entries(caller.certificate);
      const shown = fields.map(([field, part]) => `${field} ${textOf(partWords(part, names))}`);
      return {
        name: shown.length === 0 ? "any certificate" : shown.join(", "),
        detail:
          caller.trustAnchorArn === undefined
            ? "any trust anchor"
            : `trust anchor ${lastOf(caller.trustAnchorArn)}`,
      };
    }
    case "organization":
      return {
        name: "anyone",
        detail: `organization ${textOf(partWords(caller.organization, names))}`,
      };
    case "organizational-unit":
      return { name: "anyone", detail: textOf(unitWords(caller.path, names)) };
    default:
      return undefined;
  }
}

function isPattern(...parts: readonly Parameters<typeof partText>[0][]): boolean {
  return parts.some((part) => "like" in part);
}

function lastOf(part: Parameters<typeof partText>[0]): string {
  const text = partText(part);
  return nameInArn(text);
}

/** A sentence without marks: a picture shows names as they are. */
function textOf(sentence: Sentence): string {
  return sentence.map(({ text }) => text).join("");
}
