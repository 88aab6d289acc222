package page

import "unicode/utf8"

// The words by which asides are known, in lower case, in the languages that Herald reads. A phrase must be one that no
// ordinary sentence begins with in the form that asides.go asks for.

// phrases are looked up by their first rune.
type phrases map[rune][]string

func newPhrases(list ...string) phrases {
	p := phrases{}
	for _, s := range list {
		r, _ := utf8.DecodeRuneInString(s)
		p[r] = append(p[r], s)
	}
	return p
}

// alsoPhrases send the reader on by themselves.
var alsoPhrases = newPhrases(
	"read also", "also read", "read more", "read next", "see also", "more on this story", "more on this topic",
	"related articles", "related article", "related stories", "related story", "related news", "related topics",
	"related content", "you may also like", "you might also like", "recommended for you", "recommended stories",
	"don't miss", "don’t miss", "also on this site", "further reading", "more from", "more stories", "keep reading",
	"lire aussi", "à lire aussi", "a lire aussi", "à lire également", "à lire", "lire également", "voir aussi", "à voir aussi",
	"lire la suite", "sur le même sujet", "notre article",
	"lesen sie auch", "lesen sie mehr", "lesen sie hier", "lesen sie dazu", "auch interessant", "mehr zum thema",
	"das könnte sie auch interessieren", "siehe auch", "weitere artikel", "weiterlesen", "passend dazu", "zum thema",
	"lea también", "lee también", "leer más", "lea más", "te puede interesar", "le puede interesar", "ver también",
	"vea también", "noticias relacionadas", "también te puede interesar", "más información",
	"leggi anche", "leggi tutto", "vedi anche", "potrebbe interessarti", "articoli correlati",
	"leia também", "leia mais", "veja também", "saiba mais", "notícias relacionadas",
	"lees ook", "lees meer", "lees verder", "bekijk ook", "läs också", "läs även", "läs mer", "les også", "læs også",
	"czytaj także", "czytaj też", "czytaj również", "czytaj więcej", "zobacz też", "zobacz także", "zobacz również",
	"přečtěte si také", "čtěte také", "lue myös", "citește și",
	"читайте также", "читать также", "читать далее", "читайте ещё", "смотрите также", "по теме", "подробнее",
	"читайте також", "дивіться також", "читати також",
	"ayrıca okuyun", "bunu da okuyun", "ayrıca bakınız", "ilgili haberler", "i̇lgili haberler",
	"اقرأ أيضا", "اقرأ أيضاً", "إقرأ أيضا", "اقرأ المزيد", "यह भी पढ़ें", "ये भी पढ़ें",
	"関連記事", "あわせて読みたい", "相关阅读", "相关新闻", "延伸阅读", "相關新聞", "延伸閱讀", "관련기사", "관련 기사",
	"haberin devamı", "اقرأ المزيد عن", "مقالات ذات صلة", "مواضيع ذات صلة", "こちらも読む", "前回の記事", "推荐阅读", "함께 읽기", "더 읽기",
)

// alsoLabels do so only before a colon.
var alsoLabels = newPhrases(
	"related", "read", "more", "watch", "video", "listen", "see", "explained", "explainer", "opinion", "live", "in pictures",
	"lire", "vidéo", "podcast", "lesen", "mehr", "video", "vídeo", "leia", "lea", "leggi", "lees", "czytaj", "читайте", "видео",
	"audio", "gallery", "photos", "in depth", "analysis", "fact check",
)

// navigation leads to the neighbours of an article.
var navigation = newPhrases(
	"previous article", "next article", "previous post", "next post", "previous story", "next story", "previous page",
	"next page", "older posts", "newer posts", "older post", "newer post", "post navigation", "back to top", "back to home",
	"previous", "next", "skip to content", "skip to main content", "go to homepage",
	"article précédent", "article suivant", "page suivante", "page précédente", "retour en haut", "aller au contenu",
	"vorheriger artikel", "nächster artikel", "vorheriger beitrag", "nächster beitrag", "zurück zur übersicht", "nach oben",
	"zurück zur startseite", "zum inhalt springen",
	"artículo anterior", "artículo siguiente", "siguiente artículo", "entrada anterior", "entrada siguiente", "volver arriba",
	"articolo precedente", "artigo anterior", "próximo artigo", "vorig artikel", "volgend artikel",
	"poprzedni artykuł", "następny artykuł", "предыдущая статья", "следующая статья", "предыдущая запись",
	"следующая запись", "попередня стаття", "наступна стаття", "önceki haber", "sonraki haber", "上一篇", "下一篇", "前の記事", "次の記事",
	"önceki yazı", "sonraki yazı", "المقال السابق", "المقال التالي", "الخبر السابق", "الخبر التالي", "이전 기사", "다음 기사", "następny wpis", "poprzedni wpis",
	"vorige bericht", "volgende bericht", "articolo successivo", "notícia anterior", "próxima notícia",
)

// appeals ask for something.
var appeals = newPhrases(
	"share this", "share on", "share via", "click to share", "tweet this", "email this", "print this",
	"send to a friend", "copy link", "follow us on", "follow us", "like us on", "join us on", "find us on",
	"subscribe to our", "subscribe now", "subscribe to continue", "subscribe today", "sign up for our", "sign up to our",
	"sign up for the", "sign up here", "get our newsletter", "get the latest news", "click here to", "download our app", "download the app",
	"support our journalism", "this website uses cookies", "this site uses cookies", "we use cookies", "by continuing to use",
	"by continuing to browse", "accept all cookies", "accept cookies", "manage cookies", "cookie settings", "cookie policy",
	"leave a comment", "leave a reply", "post a comment", "view comments", "show comments", "add a comment", "your email address will not be published", "already a subscriber", "please enable javascript", "continue reading below",
	"story continues below", "article continues below", "scroll to continue", "this content is not available",
	"partager sur", "partager cet article", "partagez cet article", "suivez-nous sur", "suivez-nous", "abonnez-vous",
	"inscrivez-vous à notre", "recevez notre newsletter", "nous utilisons des cookies", "ce site utilise des cookies",
	"la suite après la publicité", "la suite après cette publicité", "laisser un commentaire",
	"artikel teilen", "teilen sie diesen", "diesen artikel teilen", "folgen sie uns", "folge uns auf", "abonnieren sie",
	"jetzt abonnieren", "newsletter abonnieren", "melden sie sich für unseren", "diese website verwendet cookies",
	"diese webseite verwendet cookies", "wir verwenden cookies", "kommentar schreiben", "schreibe einen kommentar",
	"hinterlasse eine antwort", "kommentare schreiben", "artikel drucken",
	"compartir en", "comparte esta", "compartir esta", "síguenos en", "síguenos", "suscríbete", "suscríbase",
	"este sitio utiliza cookies", "utilizamos cookies", "deja un comentario", "deja una respuesta",
	"condividi su", "condividi questo", "seguici su", "iscriviti alla", "questo sito utilizza cookie",
	"compartilhe", "compartilhar no", "siga-nos", "assine a nossa", "este site utiliza cookies",
	"deel dit artikel", "volg ons op", "udostępnij", "obserwuj nas",
	"поделиться", "поделитесь", "подписывайтесь на", "подпишитесь на", "подписаться на", "следите за нами",
	"мы используем cookie", "этот сайт использует", "оставить комментарий", "поділитися", "підписуйтесь на", "підписуйтеся на",
	"bizi takip edin", "paylaş",
	"deze website gebruikt cookies", "wij gebruiken cookies", "meld u aan voor", "meld je aan voor", "schrijf je in voor",
	"ta strona używa", "używamy plików cookie", "zapisz się na", "ми використовуємо", "цей сайт використовує", "залишити коментар",
	"bu site çerez", "çerezleri kabul", "bültenimize abone", "yorum yap", "nós usamos cookies", "inscreva-se na", "deixe um comentário",
	"utilizziamo i cookie", "lascia un commento", "شارك المقال", "شارك هذا", "اشترك في نشرتنا", "تابعنا على", "يستخدم هذا الموقع",
	"シェアする", "このサイトはクッキー", "当サイトではクッキー", "メールマガジンに登録", "分享到", "分享本文", "本网站使用", "订阅我们", "关注我们",
	"공유하기", "기사 공유", "구독하기", "이 사이트는 쿠키",
)

// notices belong to the site.
var notices = newPhrases(
	"advertisement", "advertisements", "sponsored", "sponsored content", "promoted", "comments", "no comments", "no comments yet", "tags", "filed under", "topics", "share", "print",
	"email", "loading", "newsletter",
	"publicité", "commentaires", "mots-clés", "partager",
	"anzeige", "werbung", "kommentare", "schlagwörter", "teilen", "drucken", "startseite",
	"publicidad", "comentarios", "etiquetas", "compartir",
	"pubblicità", "publicidade", "advertentie", "reklama",
	"реклама", "комментарии", "теги", "поділитись", "reklam", "إعلان", "広告", "广告",
)

// rights claim the text.
var rights = newPhrases("copyright", "all rights reserved", "tous droits réservés", "alle rechte vorbehalten",
	"todos los derechos reservados", "tutti i diritti riservati", "todos os direitos reservados", "alle rechten voorbehouden",
	"wszelkie prawa zastrzeżone", "все права защищены", "усі права захищені", "tüm hakları saklıdır")

// captions label a picture; a colon must follow.
var captions = newPhrases(
	"photo", "photos", "photo credit", "photo by", "photograph", "image", "image credit", "image source", "picture", "pictured",
	"credit", "caption", "file photo", "illustration", "graphic", "source",
	"crédit photo", "crédits photo", "légende", "crédit", "photo d'archives", "photo d’archives", "image d'illustration",
	"foto", "fotos", "bild", "bilder", "bildunterschrift", "symbolbild", "symbolfoto", "archivbild", "archivfoto", "quelle", "grafik",
	"fotografía", "imagen", "foto de archivo", "fuente", "fotografia", "immagine", "fonte", "imagem", "beeld", "bron",
	"zdjęcie", "fot", "źródło", "фото", "фотография", "иллюстрация", "источник", "джерело", "fotoğraf", "写真", "图片", "图片来源", "사진",
)

// photoLabels are those of them behind which a picture's owner stands at the end of its caption.
var photoLabels = map[string]bool{
	"photo": true, "photograph": true, "image": true, "picture": true, "photo credit": true, "crédit photo": true, "foto": true,
	"fotos": true, "bild": true, "imagen": true, "imagem": true, "immagine": true, "beeld": true, "zdjęcie": true, "fot": true,
	"фото": true, "fotoğraf": true,
}

// credits name the owner of a picture without a colon.
var credits = newPhrases(
	"photo by", "photos by", "image by", "photograph by", "photo credit", "photo courtesy of", "image courtesy of",
	"image source", "getty images", "file photo", "photo de", "foto de archivo", "foto von", "bild von", "symbolbild",
	"symbolfoto", "archivfoto", "archivbild",
)

// stamps come before a date.
var stamps = newPhrases(
	"published", "published on", "published at", "posted", "posted on", "posted at", "updated", "last updated", "last modified",
	"modified", "first published", "date",
	"publié le", "publié à", "publié", "mis à jour", "mise à jour", "modifié le",
	"veröffentlicht", "veröffentlicht am", "aktualisiert", "aktualisiert am", "stand", "erstellt am", "zuletzt aktualisiert",
	"publicado", "publicado el", "actualizado", "actualizado el", "pubblicato", "pubblicato il", "aggiornato", "aggiornato il",
	"publicado em", "atualizado em", "gepubliceerd", "bijgewerkt", "opublikowano", "zaktualizowano", "aktualizacja",
	"опубликовано", "обновлено", "опубліковано", "оновлено", "yayınlanma", "güncelleme",
)

// byWords is the word before an author's name in a language. Only its own language's is asked for, since several begin
// sentences in others.
var byWords = map[string]string{
	"en": "by", "fr": "par", "de": "von", "es": "por", "it": "di", "pt": "por", "nl": "door", "pl": "autor", "ru": "автор",
	"uk": "автор", "sv": "av", "no": "av", "da": "af", "cs": "autor",
	"tr": "yazar", "ar": "بقلم", "zh": "记者", "ja": "文", "ko": "글",
}

// nameParticles are words within and between names that begin with a small letter.
var nameParticles = wordSet("and", "with", "for", "in", "at", "the", "of", "et", "und", "y", "e", "en", "i", "и", "та", "de", "da", "di",
	"del", "della", "der", "den", "des", "do", "dos", "du", "la", "le", "van", "von", "zu", "bin", "al", "el", "ten", "ter", "af", "av")

// networks are the names of networks and means to share.
var networks = wordSet("facebook", "twitter", "x", "whatsapp", "telegram", "linkedin", "pinterest", "reddit", "email", "e-mail", "mail",
	"mastodon", "bluesky", "threads", "instagram", "tiktok", "youtube", "vk", "вконтакте", "pocket", "flipboard", "xing", "messenger",
	"viber", "skype", "tumblr", "copy", "link", "print", "share", "tweet", "sms", "teilen", "drucken", "partager", "imprimer",
	"compartir", "поделиться", "ok")

func wordSet(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}
