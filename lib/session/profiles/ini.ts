/** A section of an AWS configuration file. */
export interface IniSection {
  /** As it is written between the brackets, without spaces around it. */
  readonly title: string;
  readonly settings: readonly IniSetting[];
  /** Beginning with 1. */
  readonly line: number;
}

/** A setting, with the indented lines that belong to it. */
export interface IniSetting {
  /** In lower case. */
  readonly key: string;
  readonly value: string;
  readonly lines: readonly string[];
  /** Beginning with 1. */
  readonly line: number;
}

/** The sections of an AWS configuration file, in their order; lines outside of any are dropped, as the SDKs do. */
export function readIni(text: string): readonly IniSection[] {
  const sections: {
    title: string;
    settings: { key: string; value: string; lines: string[]; line: number }[];
    line: number;
  }[] = [];
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    if (/^\s*(?:[#;].*)?$/.test(written)) continue;
    const line = index + 1;
    const title = /^\[\s*(.+?)\s*\]/.exec(written)?.[1];
    const section = sections.at(-1);
    if (title !== undefined) sections.push({ title, settings: [], line });
    else if (/^\s/.test(written)) section?.settings.at(-1)?.lines.push(written);
    else {
      const equals = written.indexOf("=");
      const key = (equals < 0 ? written : written.slice(0, equals)).trim().toLowerCase();
      const value = equals < 0 ? "" : written.slice(equals + 1).trim();
      section?.settings.push({ key, value, lines: [written], line });
    }
  }
  return sections;
}

/** The name of the profile that a section of `config` is; `undefined` for others. */
export function profileNameOf(title: string): string | undefined {
  if (title === "default") return title;
  const name = /^profile\s+(.+)$/.exec(title)?.[1];
  return name?.replace(/^(["'])(.*)\1$/, "$2");
}
