import { setTimeout as attendre } from 'node:timers/promises';

/** One thing without which the process cannot serve. `verifier` throws, or takes too long, when it is missing. */
export interface Controle {
  readonly nom: string;
  verifier(): Promise<void>;
}

export interface EtatSante {
  readonly pret: boolean;
  readonly controles: Readonly<Record<string, 'ok' | 'ko'>>;
}

const DELAI_MS = 2_000;

/** Whether the process can take requests now. A process that stops says no, so that nobody sends it more. */
export class Sante {
  readonly #controles: Controle[] = [];
  #arretEnCours = false;
  #enCours: Promise<EtatSante> | undefined;

  constructor(private readonly delaiMs = DELAI_MS) {}

  exiger(...controles: readonly Controle[]): void {
    this.#controles.push(...controles);
  }

  annoncerArret(): void {
    this.#arretEnCours = true;
  }

  get arretEnCours(): boolean {
    return this.#arretEnCours;
  }

  /** Answers within the delay. Callers that come together share one look: a probe must not weigh on what it probes. */
  async etat(): Promise<EtatSante> {
    if (this.#arretEnCours) return { pret: false, controles: { arret: 'ko' } };
    // Nothing is required yet: the process is still starting.
    if (this.#controles.length === 0) return { pret: false, controles: { demarrage: 'ko' } };
    this.#enCours ??= this.#verifier().finally(() => {
      this.#enCours = undefined;
    });
    return this.#enCours;
  }

  async #verifier(): Promise<EtatSante> {
    const resultats = await Promise.all(
      this.#controles.map(async (controle) => [controle.nom, await this.#tient(controle)] as const),
    );
    return { pret: resultats.every(([, etat]) => etat === 'ok'), controles: Object.fromEntries(resultats) };
  }

  async #tient(controle: Controle): Promise<'ok' | 'ko'> {
    const fin = new AbortController();
    const verification = controle.verifier().then(
      () => 'ok' as const,
      () => 'ko' as const,
    );
    const delai = attendre(this.delaiMs, 'ko' as const, { signal: fin.signal }).catch(() => 'ko' as const);
    const etat = await Promise.race([verification, delai]);
    fin.abort();
    return etat;
  }
}
