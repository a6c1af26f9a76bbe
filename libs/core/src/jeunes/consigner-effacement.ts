import { definirJob, RegistreJobs } from '@sillage/jobs';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';

export const consignerEffacement = definirJob({
  nom: 'jeunes.consigner',
  file: 'jeunes',
  charge: z.strictObject({ jeuneId: z.uuid() }),
});

/** What a line of the process log says of an erasure, as `effacements:rejouer` finds it again. */
export function ecrireEffacement(departementId: string, jeuneId: string): string {
  return `EFFACEMENT ${departementId}/${jeuneId}`;
}

const EFFACEMENT = /EFFACEMENT ([0-9][0-9AB][0-9]?)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g;

/** The erasures told by a text: lines of a log, whatever else is in it. */
export function lireEffacements(texte: string): { readonly departementId: string; readonly jeuneId: string }[] {
  return [...texte.matchAll(EFFACEMENT)].map(([, departementId = '', jeuneId = '']) => ({ departementId, jeuneId }));
}

/**
 * Tells each erasure in the process log, which is kept apart from the database: a restored backup brings the person back, and only
 * what is written elsewhere knows it (docs/droits-des-personnes.md).
 */
@Injectable()
export class ConsignerEffacement implements OnModuleInit {
  readonly #log = new Logger('Effacements');

  constructor(private readonly jobs: RegistreJobs) {}

  onModuleInit(): void {
    this.jobs.declarer(
      consignerEffacement,
      async (_em, { jeuneId }, { departementId }) => this.#log.log(ecrireEffacement(departementId, jeuneId)),
      'jeunes',
    );
  }
}
