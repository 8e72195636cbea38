import { valuesOf } from "../../iam/policy-document";
import type { IdentityDraft } from "./identities";
import { policyValue } from "./policy-value";
import { report } from "./reading";
import type { Reading } from "./reading";
import type { ReadStack } from "./terraform-stack";

/**
 * Reports roles whose trust policy stays as it was saved and names a role or user that a plan destroys, makes
 * anew or renames, in whatever stack. AWS keeps such principals by their unique id: who is made anew under
 * the same name is not let in until the trust policy is saved again, and who is renamed still is (rule TR-10).
 */
export function reportStalePrincipals(
  reading: Reading,
  stacks: readonly ReadStack[],
  drafts: readonly IdentityDraft[],
): void {
  const givenUp = new Set(stacks.flatMap((stack) => stack.givenUp ?? []));
  if (givenUp.size === 0) return;
  for (const { resource } of drafts) {
    if (resource.keepsTrust !== true) continue;
    const trust = policyValue(resource.attributes.assume_role_policy);
    for (const { Principal, NotPrincipal } of trust.known ? trust.value.Statement : []) {
      const named = [Principal, NotPrincipal].flatMap((element) =>
        element === undefined || element === "*" ? [] : valuesOf(element.AWS),
      );
      for (const arn of named.filter((each) => givenUp.has(each))) {
        const what = `names ${arn} in a trust policy that was saved before that one is destroyed, made anew or renamed: whom it lets in is unknown`;
        report(reading, resource, "access-principal", what);
      }
    }
  }
}
