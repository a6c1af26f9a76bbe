import { type Dispositif, lireQuantites, lireValeurs } from '@sillage/dispositif-kit';
import { type DateCivile, type Decision, jourDe, Periode, Refus } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In, Not } from 'typeorm';
import { Bilan } from '../bilans/bilan.entity.js';
import type { Convention } from '../conventions/convention.entity.js';
import { DossiersConvention } from '../conventions/dossiers-convention.js';
import { avenantsSignes, champsEnVigueur, termesSuccessifs } from '../conventions/termes-successifs.js';
import { cotationsDefinitives } from '../cotations/cotation.definitive.js';
import { suivisConfirmes } from '../suivis/suivi.confirmes.js';
import { ParametreService } from '../parametres/index.js';
import type { ContexteDeCalcul, Due, Vivant } from './ecart.js';
import { Versement } from './versement.entity.js';

type VersementVivant = Vivant & Pick<Versement, 'conventionId'>;
/** Of a convention, what its payments depend on: not the explanation of its cap. */
export const COLONNES_A_CALCULER = [
  'departementId',
  'id',
  'candidatureId',
  'dispositif',
  'structureId',
  'du',
  'au',
  'montant',
  'termes',
  'signeeLe',
] as const satisfies readonly (keyof Convention)[];
export type ConventionACalculer = Pick<Convention, (typeof COLONNES_A_CALCULER)[number]>;
type BilanConfirme = Pick<Bilan, 'conventionId' | 'retenus' | 'confirmeLe'>;

/** A signed convention with all that its payments are computed from. */
export interface DossierDeCalcul {
  readonly convention: ConventionACalculer;
  readonly appelId: string;
  /** Whether the dispositif lets its dossier go on, on its territories (TRANS-01). */
  readonly continuer: Decision;
  /** Read when it is computed from: one dossier at fault leaves the others alone. @throws Refus */
  readonly contexte: () => ContexteDeCalcul;
  /** What its events have made due so far. */
  readonly dues: readonly Due[];
  /** Its payments that nobody has refused. */
  readonly vivants: readonly VersementVivant[];
}

/** Gathers what payments are computed from. Runs in the caller's transaction. */
@Injectable()
export class DossiersDeCalcul {
  constructor(
    private readonly conventions: DossiersConvention,
    private readonly parametres: ParametreService,
  ) {}

  /**
   * Signed conventions of one département, in their order: a fixed number of statements whatever their count. Parameters are those of the
   * day of the last signature: what changed since is for the conventions signed since.
   * @throws Refus DISPOSITIF_INCONNU
   */
  async lire(em: EntityManager, conventions: readonly ConventionACalculer[]): Promise<DossierDeCalcul[]> {
    const [premiere] = conventions;
    if (premiere === undefined) return [];
    const { departementId } = premiere;
    const conventionId = In(conventions.map((c) => c.id));
    const dossierDe = await this.conventions.lire(em, conventions);
    const avenantsDe = await avenantsSignes(em, conventions);
    const bilans = parConvention<BilanConfirme>(
      await em
        .createQueryBuilder(Bilan, 'b')
        .select(['b.departementId', 'b.id', 'b.conventionId', 'b.retenus', 'b.confirmeLe'])
        .where({ departementId, conventionId, etat: 'CONFIRME' })
        .getMany(),
    );
    const cotationDe = await cotationsDefinitives(
      em,
      departementId,
      conventions.map(({ id }) => id),
    );
    const suivisDe = await suivisConfirmes(em, conventions);
    // Not their explanations, which weigh more than all the rest.
    const versements: readonly VersementVivant[] = await em
      .createQueryBuilder(Versement, 'v')
      .select(['v.departementId', 'v.id', 'v.conventionId', 'v.tranche', 'v.sens', 'v.montant', 'v.etat'])
      .where({ departementId, conventionId, etat: Not('REFUSE') })
      .orderBy('v.id')
      .getMany();
    const vivants = parConvention(versements);
    const dossiers = conventions.map((convention) => {
      const dossier = dossierDe(convention.id);
      return { convention, ...dossier, dispositif: exigerDispositif(convention, dossier.dispositif) };
    });
    const parametres = await this.parametres.resoudreTous(
      em,
      departementId,
      dossiers.map(({ convention: { id, signeeLe }, candidature: { appelId }, territoireIds, dispositif }) => ({
        dispositif,
        date: signeeLe as DateCivile,
        dossier: { appelId, territoireIds, conventionId: id },
      })),
    );
    return dossiers.map(({ convention, candidature, dispositif, continuer }, rang) => {
      const bilan = bilans.get(convention.id)?.at(0);
      return {
        convention,
        appelId: candidature.appelId,
        continuer,
        contexte: () => {
          const lu =
            bilan?.retenus && dispositif.bilan ? lireValeurs(dispositif.bilan.champs, bilan.retenus, ['bilan']) : null;
          return {
            champs: lireValeurs(
              dispositif.candidature.champs,
              champsEnVigueur(candidature, avenantsDe(convention.id)),
              ['champs'],
            ),
            termes: lireValeurs(dispositif.convention.termes, convention.termes, ['termes']),
            termesSuccessifs: termesSuccessifs(dispositif, convention, avenantsDe(convention.id)),
            montantConventionne: convention.montant,
            periode: Periode.de(convention.du, convention.au),
            parametres: parametres[rang] as ContexteDeCalcul['parametres'],
            bilan: lu,
            cotation: cotationDe(convention.id, dispositif),
            quantites: lireQuantites(dispositif.quantites, parametres[rang] ?? {}, {
              bilan: lu,
              suivis: suivisDe(convention.id),
            }),
          };
        },
        dues: dues(dispositif, convention.signeeLe as DateCivile, bilan),
        vivants: vivants.get(convention.id) ?? [],
      };
    });
  }
}

function exigerDispositif({ dispositif: code }: ConventionACalculer, dispositif: Dispositif | undefined): Dispositif {
  if (dispositif) return dispositif;
  throw Refus.de('DISPOSITIF_INCONNU', `Le dispositif « ${code} » n’est pas installé.`, { regle: 'TRANS-01' });
}

function dues({ versements }: Dispositif, signeeLe: DateCivile, bilan: BilanConfirme | undefined): Due[] {
  const confirmeLe = bilan?.confirmeLe ? jourDe(bilan.confirmeLe) : null;
  return versements.flatMap((declaration) => {
    const date = declaration.a === 'CONVENTION_SIGNEE' ? signeeLe : confirmeLe;
    return date ? [{ declaration, date }] : [];
  });
}

function parConvention<L extends { conventionId: string }>(lignes: readonly L[]): ReadonlyMap<string, readonly L[]> {
  const groupes = new Map<string, L[]>();
  for (const ligne of lignes) {
    const groupe = groupes.get(ligne.conventionId);
    if (groupe) groupe.push(ligne);
    else groupes.set(ligne.conventionId, [ligne]);
  }
  return groupes;
}
