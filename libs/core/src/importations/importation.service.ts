import { type ContexteActeur, peut } from '@sillage/access';
import { type Dispositif, lireBrouillon } from '@sillage/dispositif-kit';
import { type Horloge, jourDe, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE, introuvable, numeroterTous } from '../api/index.js';
import { AppelService } from '../appels/index.js';
import { Candidature, CandidatureTerritoire } from '../candidatures/index.js';
import { Recepisses } from '../candidatures/recepisses.js';
import { DispositifService } from '../dispositifs/index.js';
import { JournalService } from '../journal/index.js';
import { lireFichier } from './fichier.js';
import { CandidatureImportee, Importation, ImportationLigne, type ResultatImport } from './importation.entity.js';
import {
  type Destination,
  type Faute,
  LectureDesLignes,
  type LigneJugee,
  type Proposition,
} from './lecture-des-lignes.js';
import { type LigneRecevable, RecevabiliteDesLignes } from './recevabilite-des-lignes.js';

const APPEL = ['input', 'appelId'];
const REGLE = 'AMB-166';

/** What is already there for a reference. */
interface Existante {
  readonly importee: CandidatureImportee | null;
  readonly candidature: Candidature;
}

type Issue = Pick<ImportationLigne, 'ligne' | 'reference' | 'resultat' | 'candidatureId'> & {
  fautes?: readonly Faute[];
};

/**
 * Takes over the candidatures that were deposited in the département's own software, with its references and its hours of deposit and of
 * validation (AMB-166). Each row is taken whole or refused whole; the same row sent again does nothing, a
 * corrected one is taken as long as its candidature is not validated.
 */
@Injectable()
export class ImportationService {
  constructor(
    private readonly appels: AppelService,
    private readonly dispositifs: DispositifService,
    private readonly lecture: LectureDesLignes,
    private readonly recevabilite: RecevabiliteDesLignes,
    private readonly recepisses: Recepisses,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** @returns the uuid of the importation @throws Refus INTROUVABLE, ACTION_INTERDITE, ETAT_INCOMPATIBLE, VALEUR_INVALIDE for the file as a whole */
  async importer(
    em: EntityManager,
    contexte: ContexteActeur,
    { appelId, contenu, path }: { appelId: string; contenu: string; path: string[] },
  ): Promise<string> {
    const { departementId, acteur } = contexte;
    const appel = await this.appels.trouver(em, contexte, appelId);
    if (appel === null) throw introuvable(APPEL);
    const territoireIds = await this.appels.territoireIds(em, departementId, appel.id);
    const objet = { dispositif: appel.dispositif, territoireIds, structureId: null, etat: 'VALIDEE' };
    // Everybody reads the appel: what they may not do there is said.
    if (!peut(contexte, 'importer', 'Candidature', objet)) {
      const message = 'Votre habilitation ne permet pas d’importer des candidatures.';
      throw Refus.de('ACTION_INTERDITE', message, { path: APPEL, regle: 'TRANS-29' });
    }
    const dispositif = this.dispositifs.exiger(contexte, appel.dispositif, APPEL);
    if (appel.etat !== 'PUBLIE') {
      throw Refus.de('ETAT_INCOMPATIBLE', 'Cet appel n’est pas publié.', { path: APPEL, regle: 'TRANS-03' });
    }
    const fichier = lireFichier(contenu, dispositif.candidature.champs, path);
    // Two files of one appel come one after the other: each sees what the other has taken.
    await em.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `importation\n${departementId}\n${appelId}`,
    ]);
    const destination = { appel, dispositif };
    const jugees = await this.lecture.juger(em, contexte, fichier, destination);
    const existantes = await lireExistantes(em, departementId, appelId, jugees);
    const recevables = await this.recevabilite.juger(em, destination, jugees, fichier);

    const id = uuidv7();
    await em.insert(Importation, {
      departementId,
      id,
      appelId,
      dispositif: dispositif.code,
      colonnesIgnorees: [...fichier.colonnesIgnorees],
      importeeLe: this.horloge.maintenant(),
      importeePar: acteur.utilisateurId,
    });
    const numeros = await this.numeros(em, departementId, recevables, existantes);
    const issues: Issue[] = [];
    for (const jugee of recevables) {
      issues.push(await this.prendre(em, contexte, destination, jugee, existantes.get(jugee.reference), numeros));
    }
    const lignes = issues.flatMap((issue) => enLignes(departementId, id, issue));
    for (let debut = 0; debut < lignes.length; debut += 1000)
      await em.insert(ImportationLigne, lignes.slice(debut, debut + 1000));
    await this.journal.ecrire(em, contexte, {
      action: 'candidaturesImporter',
      objetType: 'Appel',
      objetId: appelId,
      regles: [REGLE],
      details: {
        importation: id,
        lignes: issues.length,
        refusees: issues.filter(({ resultat }) => resultat === 'REFUSEE').length,
      },
    });
    return id;
  }

  private async numeros(
    em: EntityManager,
    departementId: string,
    jugees: readonly LigneJugee[],
    existantes: ReadonlyMap<string, Existante>,
  ): Promise<string[]> {
    const nouvelles = jugees.filter(({ proposition, reference }) => proposition !== null && !existantes.has(reference));
    if (nouvelles.length === 0) return [];
    return numeroterTous(em, departementId, 'CAND', jourDe(this.horloge.maintenant()).year, nouvelles.length);
  }

  private async prendre(
    em: EntityManager,
    contexte: ContexteActeur,
    destination: Destination,
    { ligne, reference, proposition, fautes, manquantes }: LigneRecevable,
    existante: Existante | undefined,
    numeros: string[],
  ): Promise<Issue> {
    const refusee = (...raisons: readonly Faute[]): Issue => ({
      ligne,
      reference: reference || null,
      resultat: 'REFUSEE',
      candidatureId: null,
      fautes: raisons,
    });
    if (proposition === null) return refusee(...fautes);
    const faite = (resultat: ResultatImport, candidatureId: string): Issue => ({
      ligne,
      reference,
      resultat,
      candidatureId,
    });
    if (existante === undefined) {
      const numero = numeros.shift() as string;
      return faite(
        'IMPORTEE',
        await this.creer(em, contexte, destination, { reference, proposition, numero, manquantes }),
      );
    }
    const { importee, candidature } = existante;
    const raison = (code: Faute['code'], message: string): Faute => ({ colonne: null, code, message, regle: REGLE });
    if (importee === null) {
      return refusee(
        raison(
          'DOUBLON',
          `La candidature ${candidature.numero} porte déjà cette référence : le porteur l’a saisie ici.`,
        ),
      );
    }
    if (importee.empreinte === proposition.empreinte) return faite('DEJA_IMPORTEE', candidature.id);
    if (candidature.structureId !== proposition.structureId) {
      return refusee(
        raison(
          'ETAT_INCOMPATIBLE',
          `La candidature ${candidature.numero}, de cette référence, est d’une autre structure.`,
        ),
      );
    }
    if (candidature.etat !== 'DEPOSEE') {
      return refusee(
        raison(
          'ETAT_INCOMPATIBLE',
          `La candidature ${candidature.numero} est validée : elle ne se remplace plus, elle se complète.`,
        ),
      );
    }
    if (candidature.version !== importee.version) {
      return refusee(
        raison(
          'ETAT_INCOMPATIBLE',
          `La candidature ${candidature.numero} a changé depuis son import : elle ne se remplace plus.`,
        ),
      );
    }
    await this.remplacer(em, contexte, destination, { candidature, importee, proposition });
    return faite('MISE_A_JOUR', candidature.id);
  }

  private async creer(
    em: EntityManager,
    contexte: ContexteActeur,
    { appel, dispositif }: Destination,
    {
      reference,
      proposition,
      numero,
      manquantes,
    }: { reference: string; proposition: Proposition; numero: string } & Pick<LigneRecevable, 'manquantes'>,
  ): Promise<string> {
    const { departementId, acteur } = contexte;
    const id = uuidv7();
    const maintenant = this.horloge.maintenant();
    await em.insert(Candidature, {
      departementId,
      id,
      numero,
      appelId: appel.id,
      dispositif: dispositif.code,
      structureId: proposition.structureId,
      ...contenu(dispositif, proposition),
      version: 1,
      referenceExterne: reference,
      creeLe: maintenant,
      creePar: acteur.utilisateurId,
      modifieLe: maintenant,
    });
    await this.situer(em, departementId, id, proposition);
    const { empreinte } = proposition;
    await em.insert(CandidatureImportee, {
      departementId,
      appelId: appel.id,
      reference,
      candidatureId: id,
      empreinte,
      version: 1,
    });
    await this.recepisses.signalerNonReprises(em, { departementId, id, numero, dispositif }, manquantes);
    await this.consigner(em, contexte, id, reference);
    return id;
  }

  private async remplacer(
    em: EntityManager,
    contexte: ContexteActeur,
    { appel, dispositif }: Destination,
    {
      candidature,
      importee,
      proposition,
    }: { candidature: Candidature; importee: CandidatureImportee; proposition: Proposition },
  ): Promise<void> {
    const { departementId } = contexte;
    const version = candidature.version + 1;
    await em.update(
      Candidature,
      { departementId, id: candidature.id },
      {
        ...contenu(dispositif, proposition),
        version,
        modifieLe: this.horloge.maintenant(),
      },
    );
    await em.delete(CandidatureTerritoire, { departementId, candidatureId: candidature.id });
    await this.situer(em, departementId, candidature.id, proposition);
    const cle = { departementId, appelId: appel.id, reference: importee.reference };
    await em.update(CandidatureImportee, cle, { empreinte: proposition.empreinte, version });
    await this.consigner(em, contexte, candidature.id, importee.reference);
  }

  private async situer(
    em: EntityManager,
    departementId: string,
    candidatureId: string,
    { territoires }: Proposition,
  ): Promise<void> {
    await em.insert(
      CandidatureTerritoire,
      territoires.map(({ id }) => ({ departementId, candidatureId, territoireId: id })),
    );
  }

  private async consigner(em: EntityManager, contexte: ContexteActeur, id: string, reference: string): Promise<void> {
    const regles = [REGLE, 'AMB-044'];
    const ecriture = {
      action: 'candidatureImporter',
      objetType: 'Candidature',
      objetId: id,
      regles,
      details: { reference },
    };
    await this.journal.ecrire(em, contexte, ecriture);
  }
}

/** AMB-044: what was validated there is validated here; what was only deposited waits for the porteur, until the closing. */
function contenu({ candidature }: Dispositif, { champs, deposeeLe, valideeLe }: Proposition) {
  const etat = valideeLe === null ? ('DEPOSEE' as const) : ('VALIDEE' as const);
  return {
    champs: lireBrouillon(candidature.champs, champs, []) as Record<string, object>,
    etat,
    deposeeLe,
    valideeLe,
  };
}

/** By reference: what was imported, or what a porteur typed here under the same one. */
async function lireExistantes(
  em: EntityManager,
  departementId: string,
  appelId: string,
  jugees: readonly LigneJugee[],
): Promise<Map<string, Existante>> {
  const references = [...new Set(jugees.map(({ reference }) => reference))];
  const importees = await em.findBy(CandidatureImportee, { departementId, appelId, reference: In(references) });
  const candidatures = await em.find(Candidature, {
    where: [
      { departementId, appelId, referenceExterne: In(references) },
      { departementId, id: In(importees.map(({ candidatureId }) => candidatureId)) },
    ],
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
  const saisies = candidatures.map(
    (candidature) => [candidature.referenceExterne ?? '', { importee: null, candidature }] as const,
  );
  const existantes = new Map<string, Existante>(saisies);
  for (const importee of importees) {
    const candidature = candidatures.find(({ id }) => id === importee.candidatureId) as Candidature;
    existantes.set(importee.reference, { importee, candidature });
  }
  return existantes;
}

function enLignes(departementId: string, importationId: string, { fautes = [], ...issue }: Issue): ImportationLigne[] {
  const ligne = { departementId, importationId, ...issue };
  if (fautes.length === 0) return [{ ...ligne, id: uuidv7(), colonne: null, code: null, message: null, regle: null }];
  return fautes.map((faute) => ({ ...ligne, id: uuidv7(), ...faute, message: faute.message.slice(0, 1000) }));
}
