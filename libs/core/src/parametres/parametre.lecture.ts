import { type Dispositif, type Parametre, resoudre } from '@sillage/dispositif-kit';
import { type DateCivile, type ErreurMetier, type ParametreCite, Refus } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type DossierParametre, ParametreService } from './parametre.service.js';

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

interface LigneSurcharge extends Omit<Historique, 'valeur' | 'decideLe' | 'annuleeLe'> {
  decideLe: Date;
  annuleeLe: Date | null;
}

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

  /** One override as the history shows it. */
  async decidee(
    em: EntityManager,
    departementId: string,
    dispositif: Dispositif,
    id: string,
  ): Promise<Historique | null> {
    const lignes = await lireSurcharges(em, [departementId, dispositif.code, id, null]);
    return afficher(lignes, dispositif)[0] ?? null;
  }

  /** Those decided for the dossier or, without one, all of the dispositif's; cancelled ones included. */
  private async decidees(
    em: EntityManager,
    departementId: string,
    dispositif: Dispositif,
    { appelId, territoireIds = [], conventionId }: DossierParametre,
  ): Promise<Historique[]> {
    const cibles = [appelId, conventionId, ...territoireIds].filter((id) => id !== undefined);
    const lignes = await lireSurcharges(em, [
      departementId,
      dispositif.code,
      null,
      cibles.length === 0 ? null : cibles,
    ]);
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
    return {
      ...ligne,
      valeur: parametre.afficher(parametre.lire(ligne.valeurBrute)),
      decideLe: ligne.decideLe.toISOString(),
      annuleeLe: ligne.annuleeLe?.toISOString() ?? null,
    };
  });
}

/** Newest first. The reason of a cancellation is in the journal, where it was written once. */
function lireSurcharges(
  em: EntityManager,
  parametres: [departementId: string, dispositif: string, id: string | null, cibles: readonly string[] | null],
): Promise<LigneSurcharge[]> {
  return em.query<LigneSurcharge[]>(
    `select s.id, s.cle, s.valeur as "valeurBrute", s.portee as origine, s.du::text as du, s.au::text as au, s.motif,
            coalesce(a.libelle, t.libelle, c.numero) as cible,
            d.libelle as "decidePar", s.decide_le as "decideLe",
            x.libelle as "annuleePar", s.annulee_le as "annuleeLe",
            (select j.details ->> 'motif' from sillage.journal j
              where j.departement_id = s.departement_id and j.objet_type = 'SurchargeParametre' and j.objet_id = s.id
                and j.action = 'PARAMETRE_SURCHARGE_ANNULER' limit 1) as "motifAnnulation"
       from sillage.parametre_surcharge s
       join sillage.utilisateur d on d.departement_id = s.departement_id and d.id = s.decide_par
       left join sillage.utilisateur x on x.departement_id = s.departement_id and x.id = s.annulee_par
       left join sillage.appel a on s.portee = 'APPEL' and a.departement_id = s.departement_id and a.id = s.portee_id
       left join sillage.territoire t
         on s.portee = 'TERRITOIRE' and t.departement_id = s.departement_id and t.id = s.portee_id
       left join sillage.convention c
         on s.portee in ('CONVENTION', 'ANNEXE') and c.departement_id = s.departement_id and c.id = s.portee_id
      where s.departement_id = $1 and s.dispositif = $2
        and ($3::uuid is null or s.id = $3) and ($4::uuid[] is null or s.portee_id = any($4))
      order by s.id desc`,
    [...parametres],
  );
}
