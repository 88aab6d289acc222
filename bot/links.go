package bot

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/binary"
	"math"
	"strconv"
	"strings"

	"herald/news"
)

// Links name the stories that a place is shown to whoever reads there, or gets them handed on: who has such a name may read that
// story as the place does. Names can't be guessed, and don't tell the place. The zero value makes no addresses.
type Links struct {
	Bot   string       // its user name; "": there are no addresses
	place news.Place   // that is shown the stories
	seal  cipher.Block // nil: a story's name is its number, which opens it for those alone who may read it themselves
}

// LinkKey is the secret with which Links names stories. It has to stay the same, or old links lead nowhere.
type LinkKey [16]byte

func (k *LinkKey) seal() cipher.Block {
	if k == nil {
		return nil
	}
	block, err := aes.NewCipher(k[:])
	if err != nil {
		panic("bot: " + err.Error()) // of another length only
	}
	return block
}

// Links are those of what a place is shown. The error is Telegram's, when the bot's own name is not known yet.
func (b *Bot) Links(ctx context.Context, p news.Place) (Links, error) {
	me, err := b.Me(ctx)
	if err != nil {
		return Links{}, err
	}
	return Links{me.Username, p, b.links}, nil
}

// sealed begins the names that Links makes.
const sealed = "k"

// Start is a story's name as a word for /start and inline mode (Bot API: 1 to 64 of A-Z a-z 0-9 _ -). It is one block of AES over
// the place and the story: hardly any other block holds a place that there is.
func (l Links) Start(story int64) string {
	if l.seal == nil || story < 0 || story > math.MaxUint32 {
		return StoryStart(story)
	}
	var block [aes.BlockSize]byte
	binary.BigEndian.PutUint64(block[:8], uint64(l.place.Chat))
	binary.BigEndian.PutUint32(block[8:12], uint32(l.place.Topic))
	binary.BigEndian.PutUint32(block[12:], uint32(story))
	l.seal.Encrypt(block[:], block[:])
	return sealed + base64.RawURLEncoding.EncodeToString(block[:])
}

// Story is the address that opens a story in a private chat with the bot; "" without the bot's name.
func (l Links) Story(story int64) string { return DeepLink(l.Bot, l.Start(story)) }

// Named is the story that a word names, and the place that was shown it: the zero place where the word is the story's number, which
// anybody can guess.
func (b *Bot) Named(word string) (story int64, shown news.Place, ok bool) {
	if number, cut := strings.CutPrefix(word, "s"); cut {
		story, err := strconv.ParseInt(number, 10, 64)
		return story, news.Place{}, err == nil
	}
	text, cut := strings.CutPrefix(word, sealed)
	block, err := base64.RawURLEncoding.DecodeString(text)
	if !cut || err != nil || len(block) != aes.BlockSize || b.links == nil {
		return 0, news.Place{}, false
	}
	b.links.Decrypt(block, block)
	shown = news.Place{Chat: int64(binary.BigEndian.Uint64(block[:8])), Topic: int(int32(binary.BigEndian.Uint32(block[8:12])))}
	return int64(binary.BigEndian.Uint32(block[12:])), shown, true
}
