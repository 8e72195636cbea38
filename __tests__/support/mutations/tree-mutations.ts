import type { PolicyDocument } from "../../../lib/iam/policy-document";
import { escapeTerraform, unescapeTerraform } from "../../../lib/iam/policy-text";
import { documentMutants, STRANGER } from "./document-mutations";

/** Texts of stacks by name. */
export type Tree = ReadonlyMap<string, string>;

/** A synthesized tree with one change. */
export interface TreeMutant {
  /** Where and what, such as `shop: aws_iam_role.spoke-a assume_role_policy: statement 1: is removed`. */
  readonly change: string;
  readonly tree: Tree;
}

const EVERYTHING = "arn:aws:iam::aws:policy/AdministratorAccess";

type Attributes = Record<string, unknown>;
interface Stack {
  provider: { aws: Attributes[] };
  resource?: Partial<Record<string, Record<string, Attributes>>>;
}

/** Every single change of a list to every resource of a stack of a tree. */
export function stackMutants(tree: Tree, name: string): TreeMutant[] {
  const text = tree.get(name) ?? "";
  const made: TreeMutant[] = [];
  const edit = (change: string, by: (stack: Stack) => void): void => {
    const stack = JSON.parse(text) as Stack;
    by(stack);
    made.push({
      change: `${name}: ${change}`,
      tree: new Map([...tree, [name, JSON.stringify(stack)]]),
    });
  };
  const { resource: resources } = JSON.parse(text) as Stack;
  if (resources === undefined) return [];
  edit("the account of the provider is replaced", ({ provider: { aws } }) => {
    for (const each of aws) each.allowed_account_ids = [STRANGER];
  });
  edit("a role is added", ({ resource = {} }) => {
    const policy =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}';
    (resource.aws_iam_role ??= {}).intruder = { name: "intruder", assume_role_policy: policy };
  });
  for (const [type, named] of Object.entries(resources)) {
    for (const [id, attributes] of Object.entries(named ?? {})) {
      const at = `${type}.${id}`;
      edit(`${at} is removed`, (stack) => {
        delete stack.resource?.[type]?.[id];
      });
      const set = (change: string, attribute: string, value: unknown): void => {
        edit(`${at} ${change}`, (stack) => {
          const changed = stack.resource?.[type]?.[id];
          if (changed !== undefined) changed[attribute] = value;
        });
      };
      for (const attribute of ["assume_role_policy", "policy"]) {
        const policy = attributes[attribute];
        if (typeof policy !== "string") continue;
        const kind = attribute === "policy" ? "identity" : "trust";
        const document = JSON.parse(unescapeTerraform(policy)) as PolicyDocument;
        for (const mutant of documentMutants(document, kind)) {
          set(
            `${attribute}: ${mutant.change}`,
            attribute,
            escapeTerraform(JSON.stringify(mutant.document)),
          );
        }
        if (policy !== unescapeTerraform(policy)) {
          set(`${attribute}: a variable is not escaped`, attribute, unescapeTerraform(policy));
        }
      }
      if (type === "aws_iam_role") {
        set("may be taken for longer", "max_session_duration", 43_200);
        set("has another path", "path", "/intruder/");
        if (attributes.permissions_boundary !== undefined) {
          set("has no boundary", "permissions_boundary", undefined);
        }
        set(
          "has another boundary",
          "permissions_boundary",
          "arn:aws:iam::aws:policy/PowerUserAccess",
        );
      }
      if (type === "aws_iam_role_policy_attachment" && attributes.policy_arn !== EVERYTHING) {
        set("attaches everything", "policy_arn", EVERYTHING);
      }
      if (type === "aws_iam_openid_connect_provider") {
        set("takes tokens for another audience, too", "client_id_list", [
          ...(attributes.client_id_list as readonly string[]),
          "intruder",
        ]);
        set("takes tokens for another audience", "client_id_list", ["intruder"]);
        set("takes tokens for no audience", "client_id_list", []);
        set(
          "has audiences that are known only when Terraform runs",
          "client_id_list",
          "${var.ids}",
        );
      }
      if (type === "aws_iam_saml_provider") {
        set("has other metadata", "saml_metadata_document", "<EntityDescriptor/>");
      }
      if (type === "aws_iam_instance_profile") set("holds another role", "role", "intruder");
    }
  }
  return made;
}
