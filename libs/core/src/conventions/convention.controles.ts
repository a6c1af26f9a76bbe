import { arrondir, type Dispositif, lireValeurs, plafonner } from '@sillage/dispositif-kit';
import {
  type DateCivile,
  dateEnFrancais,
  exiger,
  type Explication,
  jourDe,
  type Montant,
  type Periode,
  Refus,
} from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type DossierParametre, ParametreService } from '../parametres/index.js';
import type { Candidature } from '../candidatures/candidature.entity.js';
import { deciderDuree } from './convention.policy.js';
import { Cumuls } from './cumuls.js';

/** What a convention, or an avenant, would commit to. */
export interface AControler {
  readonly candidature: Candidature;
  /** What is asked for, in its stored form. */
  readonly champs: Record<string, unknown>;
  readonly periode: Periode;
  readonly montant: Montant;
  /** In their stored form. */
  readonly termes: unknown;
  /** Day whose parameters hold. */
  readonly date: DateCivile;
  readonly dossier: DossierParametre;
  /** The convention that an avenant would change; null for a new one. */
  readonly conventionId: string | null;
}

/** The dispositif's own limits, the same for a convention and for what changes it. Runs in the caller's transaction. */
@Injectable()
export class ControlesConvention {
  constructor(
    private readonly parametres: ParametreService,
    private readonly cumuls: Cumuls,
  ) {}

  /**
   * @returns how the cap was computed
   * @throws Refus DUREE_SUPERIEURE_AU_MAXIMUM, MONTANT_SUPERIEUR_AU_PLAFOND, or what the dispositif's rules refuse
   */
  async exiger(em: EntityManager, dispositif: Dispositif, aControler: AControler): Promise<Explication> {
    const { candidature, periode, montant, date, dossier, conventionId } = aControler;
    const termes = lireValeurs(dispositif.convention.termes, aControler.termes, ['input', 'termes']);
    const parametres = await this.parametres.resoudre(em, candidature.departementId, dispositif, date, dossier);
    const dureeMax = parametres[dispositif.convention.dureeMax]?.valeur as number;
    exiger(deciderDuree(periode, dureeMax, dispositif.convention.regles.duree));
    const plafond = dispositif.convention.plafond({ termes, periode, parametres });
    if (plafond.montant && montant.comparer(plafond.montant) > 0) {
      throw Refus.de(
        'MONTANT_SUPERIEUR_AU_PLAFOND',
        `Le montant dépasse le plafond de ${plafond.montant.enFrancais()}.`,
        { path: ['input', 'montant'], regle: dispositif.convention.regles.plafond },
      );
    }
    const champs = lireValeurs(dispositif.candidature.champs, aControler.champs, ['input', 'champs']);
    const contexte = { champs, termes, periode, montant, parametres };
    for (const controle of dispositif.convention.controles ?? []) {
      if (conventionId === null || !controle.saufAvenant) exiger(controle.decider(contexte));
    }
    exigerApresLeDepot(dispositif, candidature, periode);
    exigerMemeSuite(dispositif, aControler);
    const accord = { candidature, conventionId, periode, montant, chemins: CHEMINS };
    const reste = await this.cumuls.exiger(em, dispositif, accord, parametres);
    if (reste === null) return plafond.explication;
    if (plafond.montant === null) return arrondir(reste).explication;
    const { regles } = dispositif.convention;
    const dispositifSeul = { valeur: plafond.montant.enFraction(), explication: plafond.explication };
    const libelles = { libelle: 'Participation la plus haute', regle: regles.plafond };
    return arrondir(plafonner(libelles, dispositifSeul, reste)).explication;
  }
}

const CHEMINS = { montant: ['input', 'montant'], au: ['input', 'au'], candidature: ['input', 'candidatureId'] };

function exigerApresLeDepot(
  { convention: { pasAvantLeDepot: regle } }: Dispositif,
  { deposeeLe }: Candidature,
  { du }: Periode,
): void {
  if (regle === undefined || deposeeLe === null || du.since(jourDe(deposeeLe)).days >= 0) return;
  throw Refus.de(
    'PERIODE_INVALIDE',
    `La convention ne commence pas avant le dépôt de la candidature, le ${dateEnFrancais(jourDe(deposeeLe))}.`,
    { path: ['input', 'du'], regle },
  );
}

/** An avenant does not make another action of the one that was retained. */
function exigerMemeSuite({ candidature: { continuite } }: Dispositif, { candidature, champs }: AControler): void {
  if (!continuite || (champs[continuite.suite] ?? null) === (candidature.champs[continuite.suite] ?? null)) return;
  throw Refus.de('REGLE_NON_RESPECTEE', 'Un avenant ne change pas l’action que celle-ci poursuit.', {
    path: ['input', 'champs', continuite.suite],
    regle: continuite.regle,
  });
}
