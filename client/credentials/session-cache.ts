import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withWaitingLock } from "../../cli/system/file-lock";
import { makePrivate } from "../user-folders";
import type { SessionCredentials } from "./session-credentials";

/** Something that is kept until a moment. */
export interface Kept {
  /** Milliseconds. */
  readonly until: number;
}

/** Longest life of anything that is kept, milliseconds: no session lasts longer. */
const LONGEST = 12 * 3600 * 1000;
/** What is being made in this process, by file: its lock is for other processes. */
const PENDING = new Map<string, Promise<Kept>>();
/** How long another process is waited for, milliseconds. */
const PATIENCE = 60_000;

/**
 * Sessions on disk, shared by the processes of one user: files of mode 0600 in a folder of mode 0700, each written
 * completely or not at all. What others could have written is not read. Long-term keys are never kept.
 */
export class SessionCache {
  readonly #folder: string | undefined;
  readonly #now: () => number;
  readonly #pending: Map<string, Promise<Kept>>;

  /** @param folder `undefined`: nothing is kept */
  constructor(folder: string | undefined, now: () => number) {
    this.#folder = folder;
    this.#now = now;
    this.#pending = folder === undefined ? new Map<string, Promise<Kept>>() : PENDING;
  }

  /**
   * What is kept under a key and still good, or what is made now; of several that ask at once, in this process or in
   * others, one makes it.
   */
  async get<T extends Kept>(
    parts: readonly unknown[],
    isGood: (kept: T) => boolean,
    make: () => Promise<T>,
  ): Promise<T> {
    const key = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 40);
    const kept = this.#read(key) as T | undefined;
    if (kept !== undefined && isGood(kept)) return kept;
    const place = this.#file(key, "json");
    const pending = this.#pending.get(place);
    if (pending !== undefined) return (await pending) as T;
    const making = this.#make(key, isGood, make);
    this.#pending.set(place, making);
    try {
      return await making;
    } finally {
      this.#pending.delete(place);
    }
  }

  /** What is kept under a key and has not ended. */
  peek(parts: readonly unknown[]): Kept | undefined {
    return this.#read(
      createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 40),
    );
  }

  async #make<T extends Kept>(
    key: string,
    isGood: (kept: T) => boolean,
    make: () => Promise<T>,
  ): Promise<T> {
    if (this.#folder === undefined) return make();
    try {
      makePrivate(this.#folder);
    } catch {
      // Without a folder of its own, nothing is kept.
      return make();
    }
    return withWaitingLock(this.#file(key, "lock"), PATIENCE, async () => {
      const kept = this.#read(key) as T | undefined;
      if (kept !== undefined && isGood(kept)) return kept;
      const made = await make();
      this.#write(key, made);
      return made;
    });
  }

  #file(key: string, kind: "json" | "lock"): string {
    return join(this.#folder ?? "", `${key}.${kind}`);
  }

  #read(key: string): Kept | undefined {
    if (this.#folder === undefined) return undefined;
    const file = this.#file(key, "json");
    try {
      const { mode, uid } = lstatSync(file);
      const isOwn =
        process.getuid === undefined ||
        (uid === process.getuid() && (mode & 0o170_077) === 0o100_000);
      if (!isOwn) return undefined;
      const kept = JSON.parse(readFileSync(file, "utf8")) as Kept;
      return typeof kept.until === "number" && kept.until > this.#now() ? kept : undefined;
    } catch {
      return undefined;
    }
  }

  #write(key: string, value: Kept): void {
    const file = this.#file(key, "json");
    const beside = `${file}.${process.pid}.tmp`;
    try {
      this.#removeOld();
      writeFileSync(beside, JSON.stringify(value), { mode: 0o600, flag: "wx" });
      renameSync(beside, file);
    } catch {
      // A full disk costs the cache, not the access.
      rmSync(beside, { force: true });
    }
  }

  #removeOld(): void {
    if (this.#folder === undefined) return;
    for (const entry of readdirSync(this.#folder)) {
      if (!/\.(?:json|tmp)$/.test(entry)) continue;
      const file = join(this.#folder, entry);
      if (lstatSync(file).mtimeMs < Date.now() - LONGEST) rmSync(file, { force: true });
    }
  }
}

/** A session as it is kept. */
export type KeptSession = Kept &
  Required<Omit<SessionCredentials, "until">> & { readonly arn: string };
