/** The little of a browser that a login takes: it keeps cookies, and says where it is being sent instead of going. */
export class Navigateur {
  readonly #temoins = new Map<string, string>();

  constructor(private readonly origine: string) {}

  /** @returns the address where the answer sends us, or `null` when it is a page. @throws Error outside of the origin. */
  async aller(url: URL, formulaire?: Readonly<Record<string, string>>): Promise<URL | null> {
    if (url.origin !== this.origine) throw new Error(`Redirection inattendue vers ${url.origin}.`);
    const temoins = [...this.#temoins].map(([nom, valeur]) => `${nom}=${valeur}`).join('; ');
    const reponse = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: temoins },
      ...(formulaire && { method: 'POST', body: new URLSearchParams(formulaire) }),
    });
    this.#retenir(reponse.headers.getSetCookie());
    const page = await reponse.text();
    const suite = reponse.headers.get('location');
    if (suite !== null) return new URL(suite, url);
    if (!reponse.ok) throw new Error(`Le fournisseur d’identité répond ${reponse.status} : ${resumer(page)}`);
    return null;
  }

  #retenir(entetes: readonly string[]): void {
    for (const entete of entetes) {
      const [, nom, valeur] = /^([^=;]+)=([^;]*)/.exec(entete) ?? [];
      if (nom === undefined || valeur === undefined) continue;
      if (valeur === '') this.#temoins.delete(nom);
      else this.#temoins.set(nom, valeur);
    }
  }
}

function resumer(page: string): string {
  const corps = page.replace(/<style>.*?<\/style>/gs, ' ').replace(/<[^>]+>/g, ' ');
  return corps.replace(/\s+/g, ' ').trim().slice(0, 200);
}
