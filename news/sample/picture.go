package sample

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/png"
	"math"
	"net/http"
	"strings"
)

// The size of a lead image: the proportions that link previews are cut to (ogp.me asks for none; sites use 1.91:1).
const (
	pictureWidth  = 600
	pictureHeight = 314
)

// A palette holds the steps of the sky, then the waves, then the sun.
const (
	skySteps = 16
	waves    = 4
)

func (l link) Image() string { return l.URL + ".png" }

func servePicture(w http.ResponseWriter, r *http.Request, s site) {
	slug := strings.TrimSuffix(r.PathValue("slug"), ".png")
	for _, l := range s.Issues {
		if l.slug != slug {
			continue
		}
		body, err := l.picture()
		if err != nil {
			http.Error(w, "the picture could not be drawn", http.StatusInternalServerError)
			return
		}
		serve(w, r, l.at, "image/png", body)
		return
	}
	http.NotFound(w, r)
}

// picture draws the article's lead image: the sun over the sea, a different one for each address.
func (a article) picture() ([]byte, error) {
	h := fnv.New32a()
	fmt.Fprintf(h, "%s/%s", a.publisher, a.slug)
	seed := h.Sum32()
	img := image.NewPaletted(image.Rect(0, 0, pictureWidth, pictureHeight), palette(seed))
	sunX, sunY := 80+float64(seed%440), 70+float64(seed>>9%90)
	for y := range pictureHeight {
		for x := range pictureWidth {
			img.SetColorIndex(x, y, shade(float64(x), float64(y), sunX, sunY, float64(seed%628)/100))
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return b.Bytes(), err
}

// shade is the palette's index at a point: a wave, else the sun, else the sky.
func shade(x, y, sunX, sunY, phase float64) uint8 {
	for i := waves; i > 0; i-- {
		n := float64(i)
		if y > 160+n*30+math.Sin(x/(30+n*17)+phase*n)*(4+n*2) {
			return uint8(skySteps + i - 1)
		}
	}
	if math.Hypot(x-sunX, y-sunY) < 38 {
		return skySteps + waves
	}
	return uint8(y * skySteps / pictureHeight)
}

// palette is the colours of one picture: an hour of the day chosen by the seed.
func palette(seed uint32) color.Palette {
	hours := [][2]color.RGBA{ // high sky, horizon
		{{255, 183, 120, 255}, {255, 226, 196, 255}},
		{{92, 160, 214, 255}, {214, 234, 246, 255}},
		{{70, 62, 120, 255}, {233, 150, 138, 255}},
		{{36, 70, 92, 255}, {150, 190, 186, 255}},
	}
	hour := hours[seed%uint32(len(hours))]
	var p color.Palette
	for i := range skySteps {
		p = append(p, mix(hour[0], hour[1], float64(i)/skySteps*1.8))
	}
	for i := range waves {
		p = append(p, mix(hour[0], color.RGBA{12, 30, 48, 255}, 0.4+float64(i)*0.15))
	}
	return append(p, mix(hour[1], color.RGBA{255, 250, 225, 255}, 0.7))
}

// mix goes from a to b as part goes from 0 to 1, and stays there.
func mix(a, b color.RGBA, part float64) color.RGBA {
	part = min(part, 1)
	at := func(x, y uint8) uint8 { return uint8(float64(x) + (float64(y)-float64(x))*part) }
	return color.RGBA{at(a.R, b.R), at(a.G, b.G), at(a.B, b.B), 255}
}
