import type { Calendar } from './calendar.ts';

/** What a customer is told on the home page, with its title and its Markdown in each language. */
export interface Announcement {
  readonly kind: 'incident' | 'maintenance' | 'news';
  readonly shown: string;
  readonly over: string;
  readonly starts: string | null;
  readonly ends: string | null;
  readonly updated: string;
  readonly texts: Readonly<Record<string, readonly [title: string, text: string]>>;
}

/** Work on the servers of Alice, some nights from now. */
export function maintenance(calendar: Calendar): Announcement {
  const night = calendar.date(3);
  const told = calendar.ago(0, 300);
  return {
    kind: 'maintenance',
    shown: told,
    over: `${night}T02:00:00Z`,
    starts: `${night}T00:30:00Z`,
    ends: `${night}T02:00:00Z`,
    updated: told,
    texts: {
      en: [
        'Two of your servers move to newer hosts',
        '**vm1.example.net** and **db1.example.net** each restart once and are away for about five minutes. Disks, addresses and settings stay as they are. The night does not suit you? [Write to us](/form/ticket.new) and we will find another one.',
      ],
      ru: [
        'Два ваших сервера переезжают на новые узлы',
        '**vm1.example.net** и **db1.example.net** перезагрузятся по одному разу и будут недоступны около пяти минут. Диски, адреса и настройки не изменятся. Эта ночь вам не подходит? [Напишите нам](/form/ticket.new), и мы выберем другую.',
      ],
      de: [
        'Zwei Ihrer Server ziehen auf neuere Hosts um',
        '**vm1.example.net** und **db1.example.net** starten je einmal neu und sind etwa fünf Minuten nicht erreichbar. Platten, Adressen und Einstellungen bleiben, wie sie sind. Die Nacht passt Ihnen nicht? [Schreiben Sie uns](/form/ticket.new), wir finden eine andere.',
      ],
      ar: [
        'ينتقل اثنان من خوادمك إلى مضيفين أحدث',
        'يُعاد تشغيل **vm1.example.net** و**db1.example.net** مرة واحدة لكل منهما، ويتوقفان نحو خمس دقائق. تبقى الأقراص والعناوين والإعدادات كما هي. هذه الليلة لا تناسبك؟ [راسلنا](/form/ticket.new) وسنختار غيرها.',
      ],
    },
  };
}
