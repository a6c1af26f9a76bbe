import { type ContexteActeur, habilitationsQuiPermettent, peut } from '@sillage/access';
import { champsComparables, type Dispositif, lireAuBesoin, montantDemande } from '@sillage/dispositif-kit';
import { Montant, Refus } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { introuvable } from '../api/index.js';
import { AppelService } from '../appels/index.js';
import { objetProtege } from '../candidatures/candidature.dossier.js';
import { Candidature, type DossierCandidature, DossiersCandidature } from '../candidatures/index.js';
import { DispositifService } from '../dispositifs/index.js';
import { Structure } from '../structures/index.js';

/** More than an appel receives; beyond, the first are compared, and it is said. */
const CANDIDATURES_MAX = 200;
const APPEL = ['appelId'];
const COMPAREES = ['DEPOSEE', 'VALIDEE', 'RETENUE', 'REJETEE', 'CONVENTIONNEE'] as const;

export interface Comparee {
  readonly dossier: DossierCandidature;
  readonly structure: Structure;
  readonly montant: Montant | null;
  /** One a criterion, in their order; null where the file does not say. */
  readonly valeurs: readonly (string | null)[];
}

export interface Comparaison {
  readonly dispositif: Dispositif;
  readonly comparees: readonly Comparee[];
  readonly tronquee: boolean;
  /** What those compared ask for, in all; rejected ones apart. */
  readonly demande: Montant;
  /** For who reads the enveloppe, once it is there. */
  readonly credits: { readonly ouverts: Montant; readonly disponible: Montant } | null;
}

/** Sets the candidatures of an appel side by side for those who instruct them: each sees the ones on which their opinion or decision is asked. */
@Injectable()
export class ComparaisonService {
  constructor(
    private readonly appels: AppelService,
    private readonly dispositifs: DispositifService,
    private readonly dossiers: DossiersCandidature,
  ) {}

  /** @throws Refus INTROUVABLE, DISPOSITIF_INCONNU, ACTION_INTERDITE to whoever instructs nothing */
  async comparer(em: EntityManager, contexte: ContexteActeur, appelId: string): Promise<Comparaison> {
    const { departementId } = contexte;
    const appel = await this.appels.trouver(em, contexte, appelId);
    if (appel === null) throw introuvable(APPEL);
    const dispositif = this.dispositifs.exiger(contexte, appel.dispositif, APPEL);
    if (!contexte.droits.can('instruire', 'Candidature') && !contexte.droits.can('donnerAvis', 'Candidature')) {
      const message = 'La comparaison est à ceux qui instruisent les candidatures.';
      throw Refus.de('ACTION_INTERDITE', message, { path: APPEL, regle: 'TRANS-29' });
    }
    const candidatures = await em.find(Candidature, {
      where: { departementId, appelId, etat: In([...COMPAREES]) },
      order: { id: 'ASC' },
    });
    const dossiers = await this.dossiers.lireTous(
      em,
      contexte,
      candidatures.map(({ id }) => id),
    );
    const lisibles = dossiers.filter((dossier) => instruit(contexte, dispositif, dossier));
    const retenues = lisibles.slice(0, CANDIDATURES_MAX);
    const structures = await em.findBy(Structure, {
      departementId,
      id: In([...new Set(retenues.map(({ candidature }) => candidature.structureId))]),
    });
    const comparees = retenues.map((dossier) => {
      const structure = structures.find(({ id }) => id === dossier.candidature.structureId) as Structure;
      return { dossier, structure, ...lire(dispositif, dossier) };
    });
    const demandees = comparees.filter(({ dossier }) => dossier.candidature.etat !== 'REJETEE');
    return {
      dispositif,
      comparees,
      tronquee: lisibles.length > retenues.length,
      demande: Montant.somme(demandees.flatMap(({ montant }) => montant ?? [])),
      credits: peut(contexte, 'lire', 'Enveloppe', { dispositif: dispositif.code })
        ? await lireCredits(em, departementId, appelId)
        : null,
    };
  }
}

/** The services whose opinion the dispositif asks for, and whoever instructs. */
function instruit(contexte: ContexteActeur, { candidature }: Dispositif, dossier: DossierCandidature): boolean {
  const objet = objetProtege(dossier);
  if (!peut(contexte, 'lire', 'Candidature', objet)) return false;
  if (peut(contexte, 'instruire', 'Candidature', objet)) return true;
  return habilitationsQuiPermettent(contexte, 'donnerAvis', 'Candidature', objet).some(({ role }) =>
    candidature.avis.includes(role),
  );
}

/** A criterion that rests on what the file does not say, or may not say here, has no value. */
function lire({ candidature: { champs, comparaison = [] } }: Dispositif, { candidature }: DossierCandidature) {
  const permis = champsComparables(champs);
  const donnees = Object.fromEntries(Object.entries(candidature.champs).filter(([cle]) => permis.includes(cle)));
  const valeurs = lireAuBesoin(champs, donnees, ['champs']);
  return {
    montant: montantDemande(valeurs),
    valeurs: comparaison.map((critere) => {
      try {
        return critere.valeur(valeurs);
      } catch (erreur) {
        if (erreur instanceof Refus) return null;
        throw erreur;
      }
    }),
  };
}

async function lireCredits(em: EntityManager, departementId: string, appelId: string): Promise<Comparaison['credits']> {
  const [soldes] = await em.query<[{ ouverts: string | null; disponible: string | null }]>(
    `select (-sum(s.centimes) filter (where s.compte = 'CREDITS'))::text as ouverts,
            (sum(s.centimes) filter (where s.compte = 'DISPONIBLE'))::text as disponible
       from sillage.enveloppe e join sillage.solde s on s.departement_id = e.departement_id and s.enveloppe_id = e.id
      where e.departement_id = $1 and e.appel_id = $2`,
    [departementId, appelId],
  );
  const { ouverts, disponible } = soldes;
  if (ouverts === null && disponible === null) return null;
  return { ouverts: Montant.centimes(BigInt(ouverts ?? 0)), disponible: Montant.centimes(BigInt(disponible ?? 0)) };
}
