/** Answers as the API page shows them. */
const TEXT = 'We ask you whether your record may be used for research.\n\nYou may say no.'
const VERSION = {
  notice: 'twin-research',
  version: '2.1',
  standing: 'in-force',
  inForceFrom: '2026-03-01T00:00:00.000Z',
  withdrawn: null,
}
const PUBLISHED = {
  language: 'en',
  title: 'Your data in research',
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  publishedAt: '2026-02-20T09:14:05.120Z',
}

export const PUBLISHED_NOTICES_EXAMPLE = { notices: [{ ...VERSION, texts: [PUBLISHED] }] }

export const NOTICE_TEXT_EXAMPLE = { ...VERSION, ...PUBLISHED, text: TEXT }

export const NOTICE_REGISTER_EXAMPLE = {
  notices: [
    {
      notice: 'twin-research',
      versions: [
        {
          version: '2.1',
          inForceFrom: VERSION.inForceFrom,
          withdrawn: null,
          texts: [
            {
              ...PUBLISHED,
              text: TEXT,
              status: 'published',
              author: '3f0c6f39-6d0c-4d4f-9a1f-2f8e2a7d8c11',
              judge: '9b2f6d1e-5a90-8c9b-8f7e-3c2f6d1e5a90',
              remark: 'Complete under Art 13, and plain.',
            },
          ],
          standing: 'in-force',
        },
      ],
      revision: 2,
    },
  ],
}

export const NOTICE_RECEIPT_EXAMPLE = {
  notice: 'twin-research',
  version: '2.1',
  revision: 2,
  position: 1310,
  replayed: false,
}
