import { type Action, type DroitDispositif, SUJETS } from '@sillage/access';
import { ROLES } from '@sillage/kernel';
import type { Declaration } from '../../libs/access/src/roles/declaration.js';
import { FAITS_PUBLICS } from '../../libs/access/src/roles/faits-publics.js';
import { DECLARATIONS } from '../../libs/access/src/roles/index.js';
import type { Geste } from './gestes.js';
import type { Cible } from './mutations.js';
import type { Acteur, HabilitationSemee } from './monde/acteurs.js';
import { estHabilite } from './monde/acteurs.js';

/** The fields of a row on which rights depend, as the superuser reads them. */
export interface ObjetLu {
  readonly territoireIds: readonly string[];
  readonly structureId: string | null;
  readonly dispositif: string | null;
  readonly etat: string | null;
}

export const SANS_CHAMP: ObjetLu = { territoireIds: [], structureId: null, dispositif: null, etat: null };

/**
 * What the declared table says, read a second time: neither CASL nor SQL has a part in it, so that a fault in either shows. Rights are
 * the union of the habilitations; what nobody declared is refused.
 */
export class Oracle {
  constructor(
    private readonly droitsDispositifs: readonly DroitDispositif[],
    /** Ids of territories by their codes. */
    private readonly territoires: ReadonlyMap<string, string>,
  ) {}

  peut(acteur: Acteur, action: Action, sujet: string, objet: ObjetLu): boolean {
    if (!estHabilite(acteur)) return false;
    const accorde = (droits: readonly Declaration[], porte: (droit: Declaration) => boolean): boolean =>
      droits.some(
        (droit) =>
          droit.peut.includes(action) &&
          (droit.sur as readonly string[]).includes(sujet) &&
          dansLesEtats(droit, objet) &&
          porte(droit),
      );
    if (accorde(FAITS_PUBLICS, () => true)) return true;
    return acteur.habilitations.some((habilitation) => {
      const { role, dispositifs } = habilitation;
      const siens = DECLARATIONS.find((declaration) => declaration.role === role)?.droits ?? [];
      const limite = dispositifs.length === 0 || (objet.dispositif !== null && dispositifs.includes(objet.dispositif));
      if (limite && accorde(siens, ({ ou }) => this.#porte(habilitation, ou, objet))) return true;
      return this.droitsDispositifs.some((droit) =>
        this.#accordeParDispositif(droit, habilitation, action, sujet, objet),
      );
    });
  }

  /**
   * What some gestures ask beside the right: that one habilitation carries it by itself, in the capacity in which the act is done. Rights
   * that a dispositif adds do not count here.
   */
  dansSaQualite(
    acteur: Acteur,
    { suivi, partie, exige }: Pick<Geste, 'suivi' | 'partie' | 'exige'>,
    cible: Pick<Cible, 'objet' | 'dispositif' | 'partie'>,
  ): boolean {
    const derniere = exige.at(-1);
    if (derniere === undefined || (!suivi && !partie)) return true;
    const { action, sujet } = derniere;
    const sansAjout = new Oracle([], this.territoires);
    const siennes = acteur.habilitations.filter((habilitation) =>
      sansAjout.peut({ ...acteur, habilitations: [habilitation] }, action, sujet, cible.objet),
    );
    const services: readonly string[] = ['SIEGE', ...cible.dispositif.candidature.avis];
    return siennes.some(({ role, structureId }) => {
      if (suivi) return services.includes(role);
      const { portee } = ROLES[role];
      return cible.partie === 'PORTEUR'
        ? portee === 'STRUCTURE' && structureId === cible.objet.structureId
        : portee === 'DEPARTEMENT';
    });
  }

  #accordeParDispositif(
    droit: DroitDispositif,
    habilitation: HabilitationSemee,
    action: Action,
    sujet: string,
    objet: ObjetLu,
  ): boolean {
    const { dispositifs, role } = habilitation;
    if (droit.role !== role || droit.sujet !== sujet || !droit.actions.includes(action)) return false;
    if (dispositifs.length > 0 && !dispositifs.includes(droit.dispositif)) return false;
    if (Object.hasOwn(SUJETS, sujet) && objet.dispositif !== droit.dispositif) return false;
    const ou = { DEPARTEMENT: 'PARTOUT', TERRITOIRE: 'MES_TERRITOIRES', STRUCTURE: 'MA_STRUCTURE' } as const;
    return this.#porte(habilitation, ou[droit.portee], objet);
  }

  #porte({ territoires, structureId }: HabilitationSemee, ou: Declaration['ou'], objet: ObjetLu): boolean {
    switch (ou) {
      case 'PARTOUT':
        return true;
      case 'MES_TERRITOIRES':
        return territoires.some((code) => objet.territoireIds.includes(this.territoires.get(code) ?? ''));
      case 'MA_STRUCTURE':
        return structureId !== null && structureId === objet.structureId;
    }
  }
}

function dansLesEtats({ etats, saufEtats }: Declaration, { etat }: ObjetLu): boolean {
  if (etats) return etat !== null && etats.includes(etat);
  return !saufEtats || etat === null || !saufEtats.includes(etat);
}
