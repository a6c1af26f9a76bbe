import { type Dispositif, type Parametre, resoudre } from '@sillage/dispositif-kit';
import { type DateCivile, type ErreurMetier, type ParametreCite, Refus } from '@sillage/kernel';
import { instantSql } from '@sillage/read';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type DossierParametre, ParametreService } from './parametre.service.js';
import { auteurSql, cibleSql, motifAnnulationSql } from './surcharge.lu.js';

/** A parameter at a date for a dossier, and every value it has had. */
export interface LigneParametre {
  cle: string;
  libelle: string;
  unite: string;
  regle: string;
  interpretation: string | null;
  resolu: ParametreCite | null;
  /** Why there is no value, when there is none. */
  errors: readonly ErreurMetier[];
  historique: readonly Historique[];
}

/** One value: declared (no `id`), or decided by somebody (TRANS-41: what, who, when). */
export interface Historique {
  id: string | null;
  cle: string;
  valeur: string;
  valeurBrute: unknown;
  origine: ParametreCite['origine'];
  /** The appel, territory or convention, for people. */
  cible: string | null;
  du: string;
  au: string | null;
  motif: string | null;
  decidePar: string | null;
  decideLe: string | null;
  annuleeLe: string | null;
  annuleePar: string | null;
  motifAnnulation: string | null;
}

type LigneSurcharge = Omit<Historique, 'valeur'>;

/** Shows parameters to people: each with its value, where it comes from, and its history. */
@Injectable()
export class LectureParametres {
  constructor(private readonly parametres: ParametreService) {}

  async lister(
    em: EntityManager,
    departementId: string,
    dispositif: Dispositif,
    date: DateCivile,
    dossier: DossierParametre,
  ): Promise<LigneParametre[]> {
    const surcharges = await this.parametres.surcharges(em, departementId, dispositif, dossier);
    const decidees = await this.decidees(em, departementId, dispositif, dossier);
    return Object.entries(dispositif.parametres).map(([cle, parametre]) => ({
      cle,
      libelle: parametre.options.libelle,
      unite: parametre.unite,
      regle: parametre.options.regle,
      interpretation: parametre.options.interpretation ?? null,
      ...essayer(() => resoudre(cle, parametre, date, surcharges).cite),
      historique: [...declarees(cle, parametre), ...decidees.filter((valeur) => valeur.cle === cle)],
    }));
  }

  /** Those decided for the dossier or, without one, all of the dispositif's; cancelled ones included. */
  private async decidees(
    em: EntityManager,
    departementId: string,
    dispositif: Dispositif,
    { appelId, territoireIds = [], conventionId }: DossierParametre,
  ): Promise<Historique[]> {
    const cibles = [appelId, conventionId, ...territoireIds].filter((id) => id !== undefined);
    const lignes = await lireSurcharges(em, [departementId, dispositif.code, cibles.length === 0 ? null : cibles]);
    return afficher(lignes, dispositif);
  }
}

function essayer(lire: () => ParametreCite): Pick<LigneParametre, 'resolu' | 'errors'> {
  try {
    return { resolu: lire(), errors: [] };
  } catch (erreur) {
    if (!(erreur instanceof Refus)) throw erreur;
    return { resolu: null, errors: erreur.erreurs };
  }
}

function declarees(cle: string, parametre: Parametre): Historique[] {
  return parametre.valeurs.map(({ du, au, valeur }) => ({
    ...SANS_DECISION,
    cle,
    valeur: parametre.afficher(parametre.lire(valeur)),
    valeurBrute: valeur,
    du,
    au: au ?? null,
  }));
}

const SANS_DECISION = {
  id: null,
  origine: 'DISPOSITIF',
  cible: null,
  motif: null,
  decidePar: null,
  decideLe: null,
  annuleeLe: null,
  annuleePar: null,
  motifAnnulation: null,
} as const;

/** A parameter that the dispositif no longer declares has nothing to be shown by. */
function afficher(lignes: readonly LigneSurcharge[], { parametres }: Dispositif): Historique[] {
  return lignes.flatMap((ligne) => {
    const parametre = parametres[ligne.cle];
    if (parametre === undefined) return [];
    return { ...ligne, valeur: parametre.afficher(parametre.lire(ligne.valeurBrute)) };
  });
}

/** Newest first. */
function lireSurcharges(
  em: EntityManager,
  parametres: [departementId: string, dispositif: string, cibles: readonly string[] | null],
): Promise<LigneSurcharge[]> {
  return em.query<LigneSurcharge[]>(
    `select s.id, s.cle, s.valeur as "valeurBrute", s.portee as origine, s.du::text as du, s.au::text as au, s.motif,
            ${cibleSql('s')} as cible, ${instantSql('s.decide_le')} as "decideLe", ${auteurSql('s', 'decide_par')} as "decidePar",
            ${instantSql('s.annulee_le')} as "annuleeLe", ${auteurSql('s', 'annulee_par')} as "annuleePar",
            ${motifAnnulationSql('s')} as "motifAnnulation"
       from sillage.parametre_surcharge s
      where s.departement_id = $1 and s.dispositif = $2 and ($3::uuid[] is null or s.portee_id = any($3))
      order by s.id desc`,
    [...parametres],
  );
}
