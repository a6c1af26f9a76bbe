import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chargerConfiguration } from '@sillage/configuration';
import { dispositifs } from '@sillage/dispositifs';
import { COMPTES_DEMO } from '@sillage/oidc-dev';
import type { UrlsBase } from '@sillage/persistence';
import { RefusConsole } from '../commande.js';
import { semerDonnees } from '../donnees.js';
import { mettreAJourBase } from '../schema-base.js';
import { type BaseOuverte, effacerBase, ouvrirBase } from './base.js';
import { emetteurDemo } from './emetteur.js';
import { type Adresses, choisirAdresses, environnement } from './environnement.js';
import { noterEtat, oublierEtat } from './etat.js';
import { cleMaitre, FICHIER_CLE_MAITRE } from './secrets.js';
import { HorlogeDemo } from './horloge-demo.js';
import { entreeDe, Processus } from './processus.js';
import type { Progres } from './progres.js';

export interface OptionsDemonstration {
  readonly dossier: string;
  readonly progres: Progres;
  /** Begins afresh: data, passwords and clock are removed first. */
  readonly reset: boolean;
  /** Aborted when somebody asks to stop, at any moment of the start. */
  readonly arret: AbortSignal;
}

/** What `--reset` removes from the data folder, besides PostgreSQL's. */
const EFFACES = ['horloge.json', 'emetteur.txt', 'secrets.json', FICHIER_CLE_MAITRE, 'oidc', 'journaux', 'pieces'];

/** The whole platform on one machine: database, data, identity provider, gateway, worker; closed in the reverse order. */
export class Demonstration {
  readonly #options: OptionsDemonstration;
  readonly #aFermer: { nom: string; fermer: () => Promise<void> }[] = [];
  readonly #processus: Processus[] = [];
  #accidentBase: Promise<Error> = new Promise(() => undefined);

  constructor(options: OptionsDemonstration) {
    this.#options = options;
  }

  /** Starts everything and waits until it answers. @throws when a step fails, or when the stop is asked meanwhile. */
  async ouvrir(): Promise<{ adresses: Adresses; horloge: HorlogeDemo }> {
    const { dossier, reset, progres } = this.#options;
    mkdirSync(join(dossier, 'journaux'), { recursive: true });
    if (reset) await this.#etape('données effacées', () => this.#effacer());

    const horloge = new HorlogeDemo(dossier, process.env['HORLOGE_DEMO']);
    horloge.demarrer();
    this.#aFermer.push({ nom: 'horloge', fermer: async () => horloge.arreter() });

    const base = await this.#ouvrirBase();
    const adresses = await choisirAdresses(process.env, progres);
    const emetteur = emetteurDemo(dossier, adresses.oidc);
    const env = environnement(process.env, {
      ...{ dossier, urls: base.urls, adresses, emetteur },
      cleMaitre: cleMaitre(dossier),
    });
    // One clear line a fault, before any process starts.
    const configuration = chargerConfiguration(env);

    await this.#etape('tables à jour', () =>
      mettreAJourBase({
        urlProprietaire: base.urls.urlProprietaire,
        urlFile: configuration.file.backend === 'postgres' ? configuration.file.url : undefined,
        dispositifs,
        journal: () => undefined,
      }),
    );
    await this.#etape('données du Pas-de-Calais et de la démonstration', () =>
      semerDonnees({
        urls: base.urls,
        horloge,
        dispositifs,
        demo: { emetteur, comptes: COMPTES_DEMO },
      }),
    );
    await this.#etape('gateway, worker et fournisseur d’identité', () =>
      this.#lancerProcessus(env, base.urls, horloge, adresses),
    );
    noterEtat(dossier, { graphql: adresses.graphql, oidc: adresses.oidc, emetteur });
    this.#aFermer.push({ nom: 'état', fermer: async () => oublierEtat(dossier) });
    return { adresses, horloge };
  }

  /** Settles, with its reason, when the embedded database or one of the processes ends unasked. */
  accident(): Promise<Error> {
    return Promise.race([this.#accidentBase, ...this.#processus.map(async (p) => p.accident(await p.fin))]);
  }

  /** Closes what was opened, last first. One that fails to close does not keep the others open. */
  async fermer(): Promise<void> {
    for (const { nom, fermer } of this.#aFermer.splice(0).reverse()) {
      try {
        await fermer();
      } catch (erreur) {
        this.#options.progres.annoncer(`✘ ${nom} : ${erreur instanceof Error ? erreur.message : String(erreur)}`);
      }
    }
  }

  async #effacer(): Promise<void> {
    const { dossier, progres } = this.#options;
    await effacerBase(dossier, process.env['DATABASE_URL'], progres);
    for (const nom of EFFACES) rmSync(join(dossier, nom), { recursive: true, force: true });
    mkdirSync(join(dossier, 'journaux'), { recursive: true });
  }

  async #ouvrirBase(): Promise<BaseOuverte> {
    const { dossier, progres } = this.#options;
    const base = await this.#etape('base de données', () => ouvrirBase(dossier, process.env['DATABASE_URL'], progres));
    progres.annoncer(`  ${base.libelle}`);
    const { embarque } = base;
    if (embarque !== undefined) {
      this.#aFermer.push({ nom: 'PostgreSQL', fermer: () => embarque.arreter() });
      this.#accidentBase = embarque.fin.then(
        () => new RefusConsole(`PostgreSQL s’est arrêté. Journal : ${embarque.fichierJournal}`),
      );
    }
    return base;
  }

  async #lancerProcessus(
    env: NodeJS.ProcessEnv,
    urls: UrlsBase,
    horloge: HorlogeDemo,
    adresses: Adresses,
  ): Promise<void> {
    const lancer = (nom: string, paquet: string, propres: NodeJS.ProcessEnv = {}): Processus => {
      const processus = new Processus({
        nom,
        entree: entreeDe(paquet),
        // Read now: each process runs its own clock from the instant it is given.
        env: { ...env, ...propres, HORLOGE_DEMO: horloge.toString() },
        journal: join(this.#options.dossier, 'journaux', `${nom}.log`),
      });
      this.#processus.push(processus);
      this.#aFermer.push({ nom, fermer: () => processus.arreter() });
      return processus;
    };
    const prets = [
      lancer('oidc', '@sillage/oidc-dev').attendre(
        `${adresses.oidc}/.well-known/openid-configuration`,
        this.#options.arret,
      ),
      lancer('gateway', '@sillage/gateway').attendre(`${adresses.gateway}/sante/pret`, this.#options.arret),
      // Jobs serve under a role that cannot read names.
      lancer('worker', '@sillage/worker', { DATABASE_URL: urls.urlJobs }).attendre(
        `${adresses.worker}/sante/pret`,
        this.#options.arret,
      ),
    ];
    await Promise.all(prets);
  }

  async #etape<T>(libelle: string, travail: () => Promise<T>): Promise<T> {
    this.#options.arret.throwIfAborted();
    return this.#options.progres.etape(libelle, travail);
  }
}
