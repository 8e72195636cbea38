import type { Readable } from "../../access/access-graph";
import type { PolicyDocument } from "../../iam/policy-document";
import { isObject } from "../../source/json-object";
import type { Tags } from "../../account-map/model/account-map";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic";
import type { AccountLocation } from "../../iam/arn";
import { PARTITIONS } from "../../iam/partition";
import type {
  ExistingAccess,
  ExistingInstanceProfile,
  ExistingRole,
  ExistingUser,
} from "./existing-access";
import { byKey, byTextOf } from "../../values/order";
import { readDocument } from "./read-document";

/** A JSON document of a file, or an answer of the API. */
export interface DetailsDocument {
  readonly file: string;
  readonly value: unknown;
  /** The place of a value in the file. @default - there is no file */
  readonly locate?: (path: readonly (string | number)[]) => Span;
}

/** What there is, as far as it could be read. */
export interface ExistingAccessResult {
  /** @default - the findings hold an error */
  readonly existing?: ExistingAccess;
  readonly diagnostics: readonly Diagnostic[];
}

/** The commands that write what is read here. */
const COMMANDS =
  "`aws iam get-account-authorization-details --output json > details.json` and `aws iam list-roles --output json > roles.json` in each account";

/**
 * Reads the output of `aws iam get-account-authorization-details` for any number of accounts, in any
 * number of documents, and of `aws iam list-roles`, the only one with the maximum session and description
 * of a role. Documents of policies may be JSON, text, or text in the encoding of URLs, as the API has
 * them.
 */
export function readAuthorizationDetails(
  documents: readonly DetailsDocument[],
): ExistingAccessResult {
  const reading = new Reading();
  for (const document of documents) reading.document(document);
  return reading.result();
}

/** A value as JSON has it. */
type Json = Readonly<Record<string, unknown>>;
type Draft = Omit<ExistingRole, "description" | "maxSessionSeconds">;
interface Listed {
  readonly description: string;
  readonly maxSessionSeconds: number;
}
type At = readonly (string | number)[];

class Reading {
  readonly #diagnostics: Diagnostic[] = [];
  readonly #accounts = new Map<string, AccountLocation>();
  readonly #drafts = new Map<string, Draft>();
  readonly #listed = new Map<string, Listed>();
  readonly #policies = new Map<string, Readable<PolicyDocument>>();
  #users: Map<string, ExistingUser> | undefined;
  #providers: Set<string> | undefined;
  readonly #serviceLinked = new Set<string>();
  readonly #reserved = new Set<string>();
  #details = 0;
  #file = "";

  document(document: DetailsDocument): void {
    const { value } = document;
    this.#file ||= document.file;
    if (!isObject(value)) {
      this.#report(document, [], `this is not output of IAM`, `create it with ${COMMANDS}`);
      return;
    }
    const { RoleDetailList, UserDetailList, GroupDetailList, Policies, Roles } = value;
    const providers = [value.OpenIDConnectProviderList, value.SAMLProviderList];
    const lists = [RoleDetailList, UserDetailList, GroupDetailList, Policies, ...providers];
    if (lists.every((list) => list === undefined) && !Array.isArray(Roles)) {
      const message = "it has neither `RoleDetailList` nor `Roles`";
      this.#report(document, [], message, `create it with ${COMMANDS}`);
      return;
    }
    if (value.IsTruncated === true || typeof value.NextToken === "string") {
      const key = value.IsTruncated === true ? "IsTruncated" : "NextToken";
      const message = "this is only the first part of the output: the rest is missing";
      const help = `run it without \`--max-items\`, \`--no-paginate\` and \`--query\`: ${COMMANDS}`;
      this.#report(document, [key], message, help);
      return;
    }
    this.#each(document, "RoleDetailList", (role, at) => {
      this.#details += 1;
      this.#role(document, role, at);
    });
    this.#each(document, "Roles", (role, at) => {
      this.#listedRole(document, role, at);
    });
    if (Array.isArray(UserDetailList)) this.#users ??= new Map();
    this.#each(document, "UserDetailList", (user) => {
      this.#user(user);
    });
    for (const key of ["OpenIDConnectProviderList", "SAMLProviderList"]) {
      if (Array.isArray(value[key])) this.#providers ??= new Set();
      this.#each(document, key, ({ Arn }) => {
        this.#providers?.add(textOf(Arn));
      });
    }
    this.#each(document, "Policies", (policy) => {
      this.#policy(policy);
    });
  }

  result(): ExistingAccessResult {
    const roles: [string, ExistingRole][] = [];
    const unlisted = new Map<string, string>();
    for (const [arn, draft] of this.#drafts) {
      const listed = this.#listed.get(arn);
      if (listed === undefined) unlisted.set(draft.accountId, draft.name);
      else roles.push([arn, { ...draft, ...listed }]);
    }
    for (const [account, name] of unlisted) {
      this.#diagnostics.push({
        severity: "error",
        rule: "authorization-details",
        file: this.#file,
        message: `the maximum session of roles in ${account} is unknown, for example of \`${name}\`: authorization details omit it`,
        help: "write `aws iam list-roles --output json > roles.json` in the account, and pass that file, too",
      });
    }
    if (this.#details === 0 && this.#diagnostics.length === 0) {
      this.#diagnostics.push({
        severity: "error",
        rule: "authorization-details",
        file: this.#file,
        message: "no file has a role",
        help: `write ${COMMANDS}`,
      });
    }
    const diagnostics = this.#diagnostics;
    if (diagnostics.length > 0) return { diagnostics };
    return {
      diagnostics,
      existing: {
        accounts: this.#accounts,
        roles: new Map(roles.sort(byKey)),
        policies: this.#policies,
        ...(this.#users === undefined ? {} : { users: this.#users }),
        ...(this.#providers === undefined ? {} : { providers: this.#providers }),
        leftOut: { serviceLinked: this.#serviceLinked.size, reserved: this.#reserved.size },
      },
    };
  }

  #role(document: DetailsDocument, role: Json, at: At): void {
    const place = this.#placeOf(document, role, at);
    if (place === undefined) return;
    const { arn, path } = place;
    this.#accounts.set(place.accountId, {
      partition: place.partition,
      accountId: place.accountId,
    });
    if (path.startsWith("/aws-service-role/")) {
      this.#serviceLinked.add(arn);
      return;
    }
    if (path.startsWith("/aws-reserved/")) {
      this.#reserved.add(arn);
      return;
    }
    if (this.#drafts.has(arn)) {
      this.#report(document, at, `the role ${arn} was read twice`, "pass each file once");
      return;
    }
    const boundary = objectOf(role.PermissionsBoundary)?.PermissionsBoundaryArn;
    this.#drafts.set(arn, {
      ...place,
      trust: readDocument(role.AssumeRolePolicyDocument),
      inline: objectsOf(role.RolePolicyList)
        .map((policy) => ({
          name: textOf(policy.PolicyName),
          document: readDocument(policy.PolicyDocument),
        }))
        .sort(byTextOf(({ name }) => name)),
      attached: objectsOf(role.AttachedManagedPolicies)
        .map(({ PolicyArn }) => textOf(PolicyArn))
        .sort(),
      ...(typeof boundary === "string" ? { boundary } : {}),
      instanceProfiles: objectsOf(role.InstanceProfileList).map(profileOf),
      tags: tagsOf(role.Tags),
    });
    this.#listedRole(document, role, at);
  }

  /** What only the list of roles has; some other implementations have it in the details, too. */
  #listedRole(document: DetailsDocument, role: Json, at: At): void {
    const { MaxSessionDuration, Description } = role;
    if (typeof MaxSessionDuration !== "number") return;
    const place = this.#placeOf(document, role, at);
    if (place === undefined) return;
    this.#listed.set(place.arn, {
      maxSessionSeconds: MaxSessionDuration,
      description: textOf(Description),
    });
  }

  #placeOf(
    document: DetailsDocument,
    { Arn, RoleName, Path }: Json,
    at: At,
  ): (AccountLocation & { arn: string; name: string; path: string }) | undefined {
    const arn = textOf(Arn);
    const [, name, accountId = "", full = ""] =
      /^arn:([a-z-]+):iam::(\d{12}):role(\/\S+)$/.exec(arn) ?? [];
    const partition = PARTITIONS.find((each) => each === name);
    const cut = full.lastIndexOf("/") + 1;
    const [path, roleName] = [full.slice(0, cut), full.slice(cut)];
    if (
      partition === undefined ||
      (RoleName !== undefined && RoleName !== roleName) ||
      (Path !== undefined && Path !== path)
    ) {
      const shown = arn === "" ? "" : `: ${arn}`;
      const message = `this is not a role with its ARN, path and name${shown}`;
      this.#report(document, at, message, `create it with ${COMMANDS}`);
      return undefined;
    }
    return { partition, accountId, arn, name: roleName, path };
  }

  #user({ Arn, UserName, UserPolicyList }: Json): void {
    const arn = textOf(Arn);
    const [, name, accountId = ""] = /^arn:([a-z-]+):iam::(\d{12}):user\/\S+$/.exec(arn) ?? [];
    const partition = PARTITIONS.find((each) => each === name);
    if (partition === undefined) return;
    const inline = objectsOf(UserPolicyList).map(({ PolicyName }) => textOf(PolicyName));
    this.#users?.set(arn, { partition, accountId, name: textOf(UserName), inline: inline.sort() });
  }

  #policy(policy: Json): void {
    const version = objectsOf(policy.PolicyVersionList).find(
      ({ IsDefaultVersion, VersionId }) =>
        IsDefaultVersion === true || VersionId === policy.DefaultVersionId,
    );
    if (version === undefined) return;
    this.#policies.set(textOf(policy.Arn), readDocument(version.Document));
  }

  #each(document: DetailsDocument, key: string, take: (value: Json, at: At) => void): void {
    const list = (document.value as Json)[key];
    if (list === undefined) return;
    if (!Array.isArray(list)) {
      this.#report(document, [key], `\`${key}\` must be a list`, `create it with ${COMMANDS}`);
      return;
    }
    for (const [index, value] of (list as readonly unknown[]).entries()) {
      if (isObject(value)) take(value, [key, index]);
      else
        this.#report(document, [key, index], "this is not an object", `create it with ${COMMANDS}`);
    }
  }

  #report({ file, locate }: DetailsDocument, at: At, message: string, help: string): void {
    this.#diagnostics.push({
      severity: "error",
      rule: "authorization-details",
      file,
      ...(locate === undefined ? {} : { span: locate(at) }),
      message,
      help,
    });
  }
}

function profileOf({ InstanceProfileName, Path }: Json): ExistingInstanceProfile {
  return { name: textOf(InstanceProfileName), path: typeof Path === "string" ? Path : "/" };
}

function tagsOf(value: unknown): Tags {
  return Object.fromEntries(
    objectsOf(value).map(({ Key, Value }) => [textOf(Key), textOf(Value)] as const),
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function objectsOf(value: unknown): Json[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isObject) : [];
}

function objectOf(value: unknown): Json | undefined {
  return isObject(value) ? value : undefined;
}
