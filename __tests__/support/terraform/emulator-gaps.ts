import type { Answer } from "./iam-gate";

type Parameters = Readonly<Record<string, string>>;

/**
 * What the emulator (moto 5.2.1) does not do and IAM does: it forgets the tags of SAML providers, and has no call
 * that changes the audiences of an OIDC provider. Both are kept here, and written into the answers that tell of a
 * provider.
 */
export class EmulatorGaps {
  readonly #tags = new Map<string, Map<string, string>>();
  /** Changes of audiences by ARN: whether each is there. */
  readonly #audiences = new Map<string, Map<string, boolean>>();

  /** The answer to a call that the emulator does not have. */
  answer({
    Action,
    OpenIDConnectProviderArn: arn = "",
    ClientID = "",
  }: Parameters): Answer | undefined {
    const isThere = Action === "AddClientIDToOpenIDConnectProvider";
    if (!isThere && Action !== "RemoveClientIDFromOpenIDConnectProvider") return undefined;
    const audiences = this.#audiences.get(arn) ?? new Map<string, boolean>();
    this.#audiences.set(arn, audiences.set(ClientID, isThere));
    const body = `<${Action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"/>`;
    return { status: 200, headers: { "content-type": "text/xml" }, body };
  }

  /** An answer of the emulator to a request, with what it left out. */
  complete(parameters: Parameters, answer: Answer): Answer {
    if (answer.status !== 200) return answer;
    const [, made = ""] = /<SAMLProviderArn>([^<]+)</.exec(answer.body) ?? [];
    const saml = parameters.SAMLProviderArn ?? made;
    const tags = this.#tags.get(saml) ?? new Map<string, string>();
    switch (parameters.Action) {
      case "CreateSAMLProvider":
      case "TagSAMLProvider":
        for (const [number, key] of members(parameters, "Tags.member.", ".Key")) {
          tags.set(key, parameters[`Tags.member.${number}.Value`] ?? "");
        }
        this.#tags.set(saml, tags);
        return answer;
      case "UntagSAMLProvider":
        for (const [, key] of members(parameters, "TagKeys.member.", "")) tags.delete(key);
        return answer;
      case "GetSAMLProvider":
        return withBody(answer, (body) => {
          const list = [...tags].map(
            ([key, value]) => `<member><Key>${key}</Key><Value>${value}</Value></member>`,
          );
          const end = "</GetSAMLProviderResult>";
          return body.replace(end, `<Tags>${list.join("")}</Tags>${end}`);
        });
      case "GetOpenIDConnectProvider":
        return withBody(answer, (body) => this.#withAudiences(parameters, body));
      default:
        return answer;
    }
  }

  #withAudiences({ OpenIDConnectProviderArn: arn = "" }: Parameters, body: string): string {
    const changes = this.#audiences.get(arn) ?? new Map<string, boolean>();
    return body.replace(/<ClientIDList>(.*?)<\/ClientIDList>/s, (_, list: string) => {
      const kept = [...list.matchAll(/<member>([^<]*)<\/member>/g)].map(([, id = ""]) => id.trim());
      const added = [...changes].flatMap(([id, isThere]) => (isThere ? [id] : []));
      const ids = [...new Set([...kept.filter((id) => changes.get(id) !== false), ...added])];
      return `<ClientIDList>${ids.map((id) => `<member>${id}</member>`).join("")}</ClientIDList>`;
    });
  }
}

function withBody(answer: Answer, change: (body: string) => string): Answer {
  return { ...answer, body: change(answer.body) };
}

/** Parameters of a list: their numbers and values. */
function members(parameters: Parameters, before: string, after: string): [number, string][] {
  const found: [number, string][] = [];
  for (let number = 1; ; number += 1) {
    const value = parameters[`${before}${number}${after}`];
    if (value === undefined) return found;
    found.push([number, value]);
  }
}
