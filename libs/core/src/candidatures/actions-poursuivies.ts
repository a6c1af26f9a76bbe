import {
  type DeclarationContinuite,
  deciderContinuite,
  type Financement,
  type FinancementPropose,
  type ParametreResolu,
  type Parametres,
  type ParametresResolus,
} from '@sillage/dispositif-kit';
import { aConfirmer, type DateCivile, dateCivile, type Decision, FUSEAU, non, oui, Periode } from '@sillage/kernel';
import type { EntityManager } from 'typeorm';
import type { Candidature } from './candidature.entity.js';

/** A candidature of a dispositif that limits how long an action is financed. */
export interface ActionDemandee {
  readonly candidature: Candidature;
  readonly continuite: DeclarationContinuite;
}

/** The action that a candidature belongs to, as the links from one candidature to an earlier one make it. */
export interface ActionPoursuivie {
  /** Its other conventions, to be signed or signed. */
  readonly anterieurs: readonly Financement[];
  /** Year of the decision that retained the candidature itself; null before it. */
  readonly exercice: number | null;
  /** Whether the candidature that it says it goes on from is a conventioned one of its structure. */
  readonly suiteConnue: boolean;
  /** Whether a conventioned candidature bears its title, of its structure or on its territories. */
  readonly homonyme: boolean;
}

interface LigneAction {
  origine: string;
  id: string;
  connue: boolean;
  homonyme: boolean;
  du: string | null;
  au: string | null;
  exercice: number | null;
}

/**
 * The actions of candidatures of one département, in their order: one statement whatever their count. Links are followed both ways, so that
 * two sequels of one action count together; they are read where they were deposited, whatever an avenant says since.
 */
export async function lireActions(
  em: EntityManager,
  departementId: string,
  demandes: readonly ActionDemandee[],
): Promise<ActionPoursuivie[]> {
  if (demandes.length === 0) return [];
  const lignes = await em.query<LigneAction[]>(
    `with recursive demande (id, suite, titre) as (
       select * from unnest($2::uuid[], $3::text[], $4::text[])
     ), action (origine, id, numero, precedente, suite, structure_id, dispositif) as (
       select d.id, c.id, c.numero, c.champs->>d.suite, d.suite, c.structure_id, c.dispositif
         from demande d join sillage.candidature c on c.departement_id = $1 and c.id = d.id
       union
       select a.origine, c.id, c.numero, c.champs->>a.suite, a.suite, c.structure_id, c.dispositif
         from action a
         join sillage.candidature c on c.departement_id = $1 and c.structure_id = a.structure_id
          and c.dispositif = a.dispositif and c.etat = 'CONVENTIONNEE'
          and (c.numero = a.precedente or c.champs->>a.suite = a.numero)
     )
     select a.origine, a.id, cv.du::text, cv.au::text,
            extract(year from dc.prise_le at time zone $5)::int as exercice,
            a.id <> a.origine and a.numero = o.champs->>a.suite as connue,
            a.id = a.origine and o.champs->>d.suite is null and exists (
              select from sillage.candidature h
               where h.departement_id = $1 and h.dispositif = o.dispositif and h.id <> o.id and h.etat = 'CONVENTIONNEE'
                 and lower(btrim(h.champs->>d.titre)) = lower(btrim(o.champs->>d.titre))
                 and (h.structure_id = o.structure_id or exists (
                   select from sillage.candidature_territoire ht
                     join sillage.candidature_territoire ot on ot.departement_id = $1 and ot.candidature_id = o.id
                      and ot.territoire_id = ht.territoire_id
                    where ht.departement_id = $1 and ht.candidature_id = h.id))) as homonyme
       from action a
       join demande d on d.id = a.origine
       join sillage.candidature o on o.departement_id = $1 and o.id = a.origine
       left join sillage.convention cv on cv.departement_id = $1 and cv.candidature_id = a.id and cv.etat <> 'ABANDONNEE'
       left join sillage.candidature_decision dc on dc.departement_id = $1 and dc.candidature_id = a.id
      order by cv.du`,
    [
      departementId,
      demandes.map(({ candidature }) => candidature.id),
      demandes.map(({ continuite }) => continuite.suite),
      demandes.map(({ continuite }) => continuite.titre),
      FUSEAU,
    ],
  );
  return demandes.map(({ candidature: { id } }) => assembler(lignes.filter(({ origine }) => origine === id)));
}

function assembler(lignes: readonly LigneAction[]): ActionPoursuivie {
  return {
    anterieurs: lignes.flatMap(({ id, origine, du, au, exercice }) =>
      id === origine || du === null || au === null || exercice === null
        ? []
        : [{ periode: Periode.de(dateCivile(du), dateCivile(au)), exercice }],
    ),
    exercice: lignes.find(({ id, origine }) => id === origine)?.exercice ?? null,
    suiteConnue: lignes.some(({ connue }) => connue),
    homonyme: lignes.some(({ homonyme }) => homonyme),
  };
}

/** What a deposit is told of its action: an unknown beginning, no time left, or a title already seen. */
export function deciderSuite(
  { candidature, continuite }: ActionDemandee,
  action: ActionPoursuivie,
  jour: DateCivile,
  parametres: ParametresResolus<Parametres>,
): Decision {
  const { suite, regle } = continuite;
  const chemin = ['champs', suite];
  const declaree = (candidature.champs[suite] ?? null) !== null;
  if (declaree && !action.suiteConnue) {
    return non({
      code: 'REGLE_NON_RESPECTEE',
      message: 'Aucune candidature conventionnée de votre structure, à ce dispositif, ne porte ce numéro.',
      regle,
      chemin,
    });
  }
  if (declaree) {
    return deciderDansLeTemps(
      continuite,
      action,
      { periode: null, exercice: action.exercice ?? jour.year },
      parametres,
      { mois: chemin, exercices: chemin },
    );
  }
  if (!action.homonyme) return oui();
  return aConfirmer({
    code: 'A_CONFIRMER',
    message:
      'Une action du même titre a déjà été conventionnée, pour ce porteur ou sur ces territoires : est-ce une autre ?',
    regle,
    chemin,
  });
}

/** The kit's decision, with the limits that hold for the dossier. */
export function deciderDansLeTemps(
  { mois, exercices, regle }: DeclarationContinuite,
  { anterieurs }: ActionPoursuivie,
  propose: FinancementPropose,
  parametres: ParametresResolus<Parametres>,
  chemins: { mois: string[]; exercices: string[] },
): Decision {
  const entier = (cle: string) => parametres[cle] as ParametreResolu<number>;
  return deciderContinuite({
    anterieurs,
    propose,
    mois: entier(mois),
    exercices: entier(exercices),
    regle,
    chemins,
  });
}
