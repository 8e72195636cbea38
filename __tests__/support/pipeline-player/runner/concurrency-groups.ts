/** Something that holds a place in a group, or waits for it. */
interface Member {
  readonly cancel: () => void;
}

interface Group {
  running?: Member;
  pending?: { readonly member: Member; readonly settle: (isOn: boolean) => void };
}

/**
 * Groups of which one member runs and at most one waits: who comes next takes the place of who waits, which
 * is dropped (docs.github.com/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency).
 */
export class ConcurrencyGroups {
  readonly #groups = new Map<string, Group>();

  /** Waits for the place in a group; `false` where somebody else took over the wait. */
  enter(name: string, member: Member, cancelsRunning: boolean): Promise<boolean> {
    const group = this.#groups.get(name) ?? {};
    this.#groups.set(name, group);
    if (group.running === undefined) {
      group.running = member;
      return Promise.resolve(true);
    }
    group.pending?.settle(false);
    if (cancelsRunning) group.running.cancel();
    return new Promise((settle) => {
      group.pending = { member, settle };
    });
  }

  /** Gives the place to who waits for it. */
  leave(name: string): void {
    const group = this.#groups.get(name);
    if (group === undefined) return;
    const { pending } = group;
    delete group.running;
    delete group.pending;
    if (pending === undefined) return;
    group.running = pending.member;
    pending.settle(true);
  }
}
