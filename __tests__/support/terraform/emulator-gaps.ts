import type { Answer } from "./iam-gate";

type Parameters = Readonly<Record<string, string>>;

/**
 * What the emulator (moto 5.2.1) does not do and IAM does: it forgets the tags of SAML providers, and has no call
 * that changes them or the audiences of an OIDC provider. Both are kept here, and written into the answers that tell of a
 * provider.
 */
export class EmulatorGaps {
  readonly #tags = new Map<string, Map<string, string>>();
  /** Changes of audiences by ARN: whether each is there. */
  readonly #audiences = new Map<string, Map<string, boolean>>();

  /** The answer to a call that the emulator does not have. */
  answer(parameters: Parameters): Answer | undefined {
    const { Action = "", OpenIDConnectProviderArn: oidc = "", ClientID = "" } = parameters;
    switch (Action) {
      case "AddClientIDToOpenIDConnectProvider":
      case "RemoveClientIDFromOpenIDConnectProvider": {
        const audiences = this.#audiences.get(oidc) ?? new Map<string, boolean>();
        this.#audiences.set(oidc, audiences.set(ClientID, Action.startsWith("Add")));
        return done(Action);
      }
      case "TagSAMLProvider":
        this.#tag(parameters.SAMLProviderArn ?? "", parameters);
        return done(Action);
      case "UntagSAMLProvider":
        for (const [, key] of members(parameters, "TagKeys.member.", "")) {
          this.#tags.get(parameters.SAMLProviderArn ?? "")?.delete(key);
        }
        return done(Action);
      default:
        return undefined;
    }
  }

  /** An answer of the emulator to a request, with what it left out. */
  complete(parameters: Parameters, answer: Answer): Answer {
    if (answer.status !== 200) return answer;
    const [, made = ""] = /<SAMLProviderArn>([^<]+)</.exec(answer.body) ?? [];
    switch (parameters.Action) {
      case "CreateSAMLProvider":
        this.#tag(made, parameters);
        return answer;
      case "GetSAMLProvider":
        return withBody(answer, (body) => {
          const tags = this.#tags.get(parameters.SAMLProviderArn ?? "") ?? [];
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

  #tag(arn: string, parameters: Parameters): void {
    const tags = this.#tags.get(arn) ?? new Map<string, string>();
    for (const [number, key] of members(parameters, "Tags.member.", ".Key")) {
      tags.set(key, parameters[`Tags.member.${number}.Value`] ?? "");
    }
    this.#tags.set(arn, tags);
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

function done(action: string): Answer {
  const body = `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"/>`;
  return { status: 200, headers: { "content-type": "text/xml" }, body };
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
