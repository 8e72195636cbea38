import type { PrincipalEntry } from "../../account-map/model/account-map";
import type { Statement } from "../../iam/policy-document";
import type { DraftCaller, RoleDraft } from "./role-draft";
import { withUniqueSids } from "../role/unique-sids";

/** What statements of a trust policy come from: a way into the role, or a role that may enter it. */
export type TrustOrigin = PrincipalEntry | DraftCaller;

/** The statements of trust policies by what they come from. */
export class TrustOrigins {
  readonly #byRole = new Map<RoleDraft, Map<TrustOrigin, Statement[]>>();

  /** Keeps what the statements of a role come from, and gives each an id of its own. */
  keep(
    draft: RoleDraft,
    parts: readonly { readonly origin: TrustOrigin; readonly statements: readonly Statement[] }[],
  ): readonly Statement[] {
    const statements = withUniqueSids(parts.flatMap((part) => part.statements));
    const origins = parts.flatMap((part) => part.statements.map(() => part.origin));
    const ofRole = new Map<TrustOrigin, Statement[]>();
    for (const [index, statement] of statements.entries()) {
      const origin = origins[index];
      if (origin === undefined) continue;
      const known = ofRole.get(origin);
      if (known === undefined) ofRole.set(origin, [statement]);
      else known.push(statement);
    }
    this.#byRole.set(draft, ofRole);
    return statements;
  }

  /** The statements of a role's trust policy that come from an origin. */
  statementsOf(draft: RoleDraft, origin: TrustOrigin): readonly Statement[] {
    return this.#byRole.get(draft)?.get(origin) ?? [];
  }
}
