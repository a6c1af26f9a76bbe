/** A source of choices that a seed determines: a run that fails can be played again. */
export class Alea {
  constructor(private etat: number) {}

  /** From 0 to `max` - 1 (mulberry32). */
  entier(max: number): number {
    this.etat = (this.etat + 0x6d2b79f5) | 0;
    let t = Math.imul(this.etat ^ (this.etat >>> 15), 1 | this.etat);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % max;
  }

  chance(surCombien: number): boolean {
    return this.entier(surCombien) === 0;
  }

  un<T>(choix: readonly T[]): T {
    if (choix.length === 0) throw new Error('Il n’y a rien à choisir.');
    return choix[this.entier(choix.length)]!;
  }

  quelquesUns<T>(choix: readonly T[], auPlus: number): T[] {
    return Array.from({ length: 1 + this.entier(auPlus) }, () => this.un(choix));
  }
}
